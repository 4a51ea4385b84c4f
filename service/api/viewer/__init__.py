"""What depends on who asks: drafts, the queue, the work list. Nothing of it is ever kept or shared."""
