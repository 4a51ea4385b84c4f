"""GraphQL over HTTP."""

from __future__ import annotations

import json
from typing import Any

import orjson
from cross_web import HTTPException
from graphql import GraphQLError
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLHTTPResponse
from strawberry.http.base import BaseRequestProtocol
from strawberry.types import ExecutionResult

from service.api.schema import cause_of, schema
from service.catalogue.catalogue import Catalogue
from service.catalogue.following import Follower
from service.errors import KopaError, NotReady

SEQ_COOKIE = "kopa_seq"
UNEXPECTED = "Something went wrong on our side."


class Endpoint(GraphQL[None, Catalogue]):
    """`/graphql`: POST with JSON, or GET with the query in the address."""

    def __init__(self) -> None:
        super().__init__(schema, graphql_ide=None, subscription_protocols=())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            response = await self.run(Request(scope, receive))
        except HTTPException as refused:
            body = self.encode_json({"errors": [{"message": refused.reason}]})
            response = Response(body, refused.status_code, media_type="application/json")
        await response(scope, receive, send)

    def should_render_graphql_ide(self, request: BaseRequestProtocol) -> bool:
        return False

    async def get_root_value(self, request: Request | WebSocket) -> Catalogue:
        follower: Follower = request.app.state.follower
        return follower.current

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> None:
        """Nothing published depends on who asks."""

    async def execute_operation(
        self,
        request: Request,
        request_adapter: Any,
        request_data: Any,
        context: None,
        root_value: Catalogue | None,
        sub_response: Response,
    ) -> Any:
        """Answer from a state no older than the one the client has seen, if it says which."""
        follower: Follower = request.app.state.follower
        seen = _seen(request, request_data)
        if seen is not None and not await follower.reached(seen):
            raise NotReady("The directory has not caught up with that change yet; ask again in a few seconds.")
        return await super().execute_operation(
            request, request_adapter, request_data, context, follower.current, sub_response
        )

    def decode_json(self, data: str | bytes) -> object:
        """A JSON object, or a list that the caller refuses; anything else is a mistake of the client."""
        try:
            decoded = orjson.loads(data)
        except orjson.JSONDecodeError as error:
            raise json.JSONDecodeError(str(error), "", 0) from None
        if not isinstance(decoded, dict | list):
            raise HTTPException(400, "The body has to be a JSON object with `query`.")
        return decoded

    def encode_json(self, data: object) -> bytes:
        return orjson.dumps(data)

    async def process_result(
        self, request: Request, result: ExecutionResult, strict: bool = False
    ) -> GraphQLHTTPResponse:
        """The answer; what went wrong inside is not told outside.

        Without `data` the document was refused before it ran.
        """
        errors = [_told(error) for error in result.errors or ()]
        if result.data is None and all(error.path is None for error in result.errors or ()):
            return {"errors": errors}
        return {"data": result.data, "errors": errors} if errors else {"data": result.data}

    def create_response(
        self, response_data: GraphQLHTTPResponse | list[GraphQLHTTPResponse], sub_response: Response
    ) -> Response:
        status = 200 if "data" in response_data else 400
        return Response(self.encode_json(response_data), status, media_type="application/json")


def _seen(request: Request, data: Any) -> int | None:
    """The newest change that the client knows of: from `extensions.seq`, or from the cookie that a write left."""
    extensions = getattr(data, "extensions", None)
    said = extensions.get("seq") if isinstance(extensions, dict) else None
    left = request.cookies.get(SEQ_COOKIE, "")
    known = [said] if isinstance(said, int) and not isinstance(said, bool) else []
    known += [int(left)] if left.isdecimal() and len(left) < 19 else []
    return max(known, default=None)


def _told(error: GraphQLError) -> Any:
    cause = cause_of(error)
    if cause is None:
        return error.formatted
    code, message = (cause.code, cause.message) if isinstance(cause, KopaError) else (KopaError.code, UNEXPECTED)
    return {**error.formatted, "message": message, "extensions": {"code": code}}
