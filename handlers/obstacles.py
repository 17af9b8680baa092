"""Why Slack does not take a message, in words a coordinator understands, each with its cure (SLACK.md 2.2, 2.10, 5)."""

from __future__ import annotations

from handlers.language import Message, Speaker, message

NOT_IN_CHANNEL = message("The bot is not in that channel: invite it there with /invite, then try again.")
NOT_FOUND = message(
    "Slack does not find that channel or person, or the bot may not write there. If it is a private channel, invite "
    "the bot with /invite; if it is a person, they may have left."
)
ARCHIVED = message("That channel is archived: unarchive it, or choose another one with `/ptf config`, then try again.")
SHARED = message(
    "People of other organisations read that channel now, and it is set to show more than what is open to the "
    "Government. Stop sharing it, or change with `/ptf config` what may be shown there; then try again."
)
PUBLIC = message(
    "Every member of the workspace can read that channel now, and it is set to show what is for a few. Make it private "
    "again, or change with `/ptf config` what may be shown there; then try again."
)
CHANGED = message(
    "What may be shown there was changed with `/ptf config` after this was written: it stays here, what follows is "
    "written for the channel as it is now."
)
RESTRICTED = message("Only some people may write in that channel: allow the bot to in the channel's settings.")
SCOPE = message(
    "The bot lacks a permission: whoever manages Slack reinstalls it with the present manifest, then try again."
)
MESSAGES_TAB = message(
    "The bot's Messages tab is switched off: whoever manages Slack switches it on in the app's settings."
)
PERSON_GONE = message("That person's account is closed: somebody else needs to be told.")
SHAPE = message(
    "Slack finds fault with the message itself ({code}): this is a fault of the bot, "
    "whoever looks after it needs to know."
)
GONE = message("The message it belongs to was deleted in Slack.")
CLOSED = message("Slack lets nobody change that message any more.")
FILE_GONE = message("The file is no longer here: please ask for it again with `/ptf export`.")
NOWHERE = message("The message to be changed is in Slack, but the bot never learnt where: please correct it by hand.")
TRIED_OFTEN = message("Slack answered with errors each time ({code}): please try again later.")
OTHER_REASON = message("Slack's reason: {code}.")

_REASONS: dict[str, Message] = {
    "not_in_channel": NOT_IN_CHANNEL,
    "channel_not_found": NOT_FOUND,
    "user_not_found": NOT_FOUND,
    "user_not_visible": NOT_FOUND,
    "cannot_dm_bot": NOT_FOUND,
    "is_archived": ARCHIVED,
    "ptf_channel_shared": SHARED,
    "ptf_channel_public": PUBLIC,
    "ptf_channel_changed": CHANGED,
    "restricted_action": RESTRICTED,
    "restricted_action_read_only_channel": RESTRICTED,
    "restricted_action_thread_only_channel": RESTRICTED,
    "restricted_action_thread_locked": RESTRICTED,
    "restricted_action_non_threadable_channel": RESTRICTED,
    "posting_to_general_channel_denied": RESTRICTED,
    "missing_scope": SCOPE,
    "no_permission": SCOPE,
    "messages_tab_disabled": MESSAGES_TAB,
    "user_disabled": PERSON_GONE,
    "invalid_blocks": SHAPE,
    "invalid_blocks_format": SHAPE,
    "msg_blocks_too_long": SHAPE,
    "msg_too_long": SHAPE,
    "no_text": SHAPE,
    "invalid_arguments": SHAPE,
    "metadata_too_large": SHAPE,
    "ptf_file_empty": SHAPE,
    "thread_not_found": GONE,
    "message_not_found": GONE,
    "cant_update_message": CLOSED,
    "edit_window_closed": CLOSED,
    "ptf_file_missing": FILE_GONE,
    "ptf_place_unknown": NOWHERE,
    "timeout": TRIED_OFTEN,
    "connection": TRIED_OFTEN,
    "no_json": TRIED_OFTEN,
    "fatal_error": TRIED_OFTEN,
    "internal_error": TRIED_OFTEN,
    "service_unavailable": TRIED_OFTEN,
}


def told(speaker: Speaker, code: str) -> str:
    """The reason and its cure; a code nobody foresaw is told as Slack wrote it."""
    sentence = _REASONS.get(code, TRIED_OFTEN if code.startswith("http_") else OTHER_REASON)
    return speaker.say(sentence, code=code)
