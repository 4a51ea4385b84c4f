"""The explorer: `/graphql` as a person sees it in a browser.

`wants_page` tells whether a request is such a person's, `page` answers it, and `assets` is the route of what the page
loads. Everything comes from here: the script and the style are built from `web/explorer` by `make web`.
"""

from service.api.explorer.assets import assets
from service.api.explorer.page import page, wants_page

__all__ = ["assets", "page", "wants_page"]
