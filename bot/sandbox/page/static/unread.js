// How many messages came while nobody was looking.

export function unreadCount(isSeen, changed) {
  let known = null;
  let count = 0;
  return {
    take(messages) {
      const fresh = known ? messages.filter((message) => !message.mine && !known.has(message.id)).length : 0;
      known = new Set(messages.map((message) => message.id));
      count = isSeen() ? 0 : count + fresh;
      changed(count);
    },
    seen() {
      if (count === 0) return;
      count = 0;
      changed(0);
    },
    count: () => count,
  };
}
