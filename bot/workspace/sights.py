"""What can be seen of a workspace: people, conversations, views, and what the app was sent."""

from __future__ import annotations

from bot.workspace.delivery import Delivery
from bot.workspace.furnished import ADMIN, COLLEAGUE, GUEST, MEMBER
from bot.workspace.ground import Ground
from bot.workspace.payload import JsonObject
from bot.workspace.snapshot import MAX_CALLS, call_lines, seen_by
from bot.workspace.state import Channel, Ephemeral, Message, Team, User


class Sights(Ground):
    """Reads the workspace; every method returns at once."""

    @property
    def team(self) -> Team:
        """The workspace's name and ids."""
        return self._state.team

    @property
    def bot(self) -> User:
        """The app's bot user."""
        return self._state.app.user

    @property
    def bot_id(self) -> str:
        """The id under which the app's messages are posted."""
        return self._state.app.bot_id

    @property
    def admin(self) -> User:
        """Somebody who may administer the app."""
        return self.user(ADMIN)

    @property
    def member(self) -> User:
        """Somebody who may not."""
        return self.user(MEMBER)

    @property
    def colleague(self) -> User:
        """Another member, one of the owners of the documents."""
        return self.user(COLLEAGUE)

    @property
    def guest(self) -> User:
        """Somebody from outside, in #questions only."""
        return self.user(GUEST)

    def users(self) -> list[User]:
        """Return everybody, the bot user included."""
        with self._changes:
            return list(self._state.users.values())

    def user(self, user_id: str) -> User:
        """Return a user by id."""
        with self._changes:
            return self._state.user(user_id)

    def channel(self, channel_id: str) -> Channel:
        """Return a channel by id."""
        with self._changes:
            return self._state.channel(channel_id)

    @property
    def user_groups(self) -> dict[str, list[str]]:
        """Who is in each group of people; to be changed as an admin of the workspace would."""
        return self._state.user_groups

    def channels_of(self, user: str) -> list[Channel]:
        """Return the channels and direct conversations that somebody is in."""
        with self._changes:
            return [c for c in self._state.channels.values() if user in c.members]

    def channel_id(self, name: str) -> str:
        """Return the id of a channel by its name, such as `general`."""
        with self._changes:
            return self._state.channel(f"#{name}").id

    def direct_channel_id(self, user: str) -> str:
        """Return the id of the conversation between a person and the app."""
        with self._changes:
            return self._state.direct_channel(user).id

    def composed(self, typed: str) -> str:
        """Return typed text as it goes over the wire: @name is a mention."""
        with self._changes:
            return self._composer().to_wire(typed)

    def home(self, user: str) -> JsonObject | None:
        """Return the home that the app shows to a person."""
        with self._changes:
            return self._state.home_views.get(user)

    def modal(self, user: str) -> JsonObject | None:
        """Return the modal that a person has before them."""
        with self._changes:
            modal = self._state.modals.top(user)
            return None if modal is None else modal.view

    def modal_errors(self, user: str) -> dict[str, str]:
        """Return what the modal before a person complains of, by block id."""
        with self._changes:
            modal = self._state.modals.top(user)
            return {} if modal is None else dict(modal.errors)

    def prompts(self, user: str) -> list[JsonObject]:
        """Return the questions that the app offers in its conversation with a person."""
        with self._changes:
            return self._state.prompts(user, self.manifest.prompts)

    def messages(self, channel: str) -> list[Message]:
        """Return all messages of a channel, replies included, oldest first."""
        with self._changes:
            return list(self._state.messages(channel))

    def thread(self, channel: str, ts: str) -> list[Message]:
        """Return a conversation: its first message, then the replies in order."""
        with self._changes:
            return self._state.thread(channel, ts)

    def replies(self, channel: str, ts: str) -> list[Message]:
        """Return what the app has written under a message."""
        return [message for message in self.thread(channel, ts) if message.bot_id == self.bot_id]

    def status(self, channel: str, ts: str) -> str:
        """Return what the app says it is doing in a thread, or nothing."""
        with self._changes:
            return self._state.status(channel, ts)

    def session(self, channel: str, ts: str) -> str:
        """Return how the app says that its work in a thread stands, such as `processing`."""
        with self._changes:
            return self._state.session(channel, ts)

    def ephemerals(self, user: str) -> list[Ephemeral]:
        """Return the messages that only this person has seen."""
        with self._changes:
            return [message for message in self._state.ephemerals if message.user == user]

    def deliveries(self) -> list[Delivery]:
        """Return every payload sent to the app, with its attempts and its acknowledgement."""
        with self._changes:
            return list(self._deliveries)

    def wait_until_delivered(self, timeout_s: float = 10.0) -> bool:
        """Wait until every event has been acknowledged or given up."""
        return self.wait_for(lambda: self.courier.pending == 0, timeout_s)

    def snapshot(self, user: str, window: str = "") -> JsonObject:
        """Return all that a person sees now in a window, and what happens behind it."""
        with self._changes:
            return {
                "version": self._changes.version,
                **seen_by(self._state, self.manifest, self._state.user(user), window),
                "faults": self.faults.in_force(),
                "connection": self._connection(),
                "calls": call_lines(self.recorder.last(MAX_CALLS)),
            }

    def _connection(self) -> JsonObject:
        raise NotImplementedError
