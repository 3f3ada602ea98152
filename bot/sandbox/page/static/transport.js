// What the owner of a phone does, said to the server; what the server shows, told to whoever listens.

export async function post(path, said = {}) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(said),
  });
  if (!answer.ok) throw await refusal(answer);
  return answer.json();
}

// `word` is the server's own for the reason, where it has one.
async function refusal(answer) {
  const { word } = await answer.json().catch(() => ({}));
  return Object.assign(new Error(`${answer.status}`), { word });
}

export function chatTransport(phoneId, thread) {
  const at = `/phones/${phoneId}`;
  const common = {
    send: (text) => post(`${at}/type`, { text, group: thread.group }),
    press: (message, row, column) => post(`${at}/press`, { message, row, column, group: thread.group }),
    openLink: (address) => post(`${at}/link`, { address }),
    ...listening(),
  };
  if (thread.group) return common;
  return {
    ...common,
    shareContact: () => post(`${at}/contact`),
    attach: (file) => attach(at, file),
    block: (blocked) => post(`${at}/block`, { blocked }),
  };
}

export function smsTransport(phoneId) {
  const at = `/phones/${phoneId}`;
  return {
    send: (text) => post(`${at}/text`, { text }),
    ...listening(),
  };
}

// The latest word waits for who comes late, so a thread opened later starts full.
function listening() {
  const hearers = new Set();
  let latest;
  return {
    onMessages(hear) {
      hearers.add(hear);
      if (latest !== undefined) hear(latest);
    },
    tell(news) {
      latest = news;
      hearers.forEach((hear) => hear(news));
    },
  };
}

async function attach(at, file) {
  const answer = await fetch(`${at}/document?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file });
  if (!answer.ok) throw new Error(`${answer.status}`);
}
