// The line on which the server tells what changed. It is taken up again by itself, whatever cut it.

const PAUSE = 1500;

export function live({ stage, phone, clock, connected }) {
  const line = new EventSource("/live");
  line.addEventListener("stage", (event) => stage(JSON.parse(event.data)));
  line.addEventListener("phone", (event) => phone(JSON.parse(event.data)));
  line.addEventListener("clock", (event) => clock(JSON.parse(event.data)));
  line.addEventListener("open", () => connected(true));
  line.addEventListener("error", () => {
    connected(false);
    // The browser tries again after a cut, but gives up after a refusal, as from a server half started.
    if (line.readyState === EventSource.CLOSED) setTimeout(() => live({ stage, phone, clock, connected }), PAUSE);
  });
  window.addEventListener("pagehide", () => line.close(), { once: true });
  window.addEventListener("pageshow", (event) => event.persisted && location.reload(), { once: true });
}
