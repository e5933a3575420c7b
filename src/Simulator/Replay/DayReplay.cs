using Courier.Simulator.Carrier;
using Courier.Simulator.Network;
using Courier.Simulator.Parcels;
using Courier.Simulator.Play;
using Courier.Simulator.Sms;
using Courier.Simulator.State;
using Courier.Simulator.Trunk;
using Microsoft.Extensions.Hosting;

namespace Courier.Simulator.Replay;

/// <summary>When and how fast a file was first played: later runs tell the same events at the same times.</summary>
internal sealed record ReplayAnchor(string Hash, DateTimeOffset At, double Speed);

/// <summary>
/// Plays a day's file against the running product, faster than it was. Each line has an identity of its own (waybill, event
/// id, message id and time), and what was played is on disk: a run that was stopped goes on, a second one doubles nothing.
/// </summary>
internal sealed class DayReplay(
    World world, CarrierLink carrier, Customers customers, TrunkCalls calls, SmsStore sms, StateFile state, SimulatorOptions options, TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>How a line's time shrinks when nothing waits: a day in a second.</summary>
    const double Unhurried = 86_400;
    const int AtOnce = 16;
    const int FirstNumber = 5_000_000;
    static readonly TimeSpan lastWait = TimeSpan.FromSeconds(1);

    readonly Lock _gate = new();
    readonly ParcelMaker _maker = new(options);
    Run? _run;

    /// <summary>Starts a run; false while another runs. The same file goes on where it was, unless everything is to be told again.</summary>
    public bool Start(Day day, double speed, bool again)
    {
        lock (_gate)
        {
            if (_run is { State: "running" }) return false;
            var anchor = state.All<ReplayAnchor>("replay").FirstOrDefault(known => known.Hash == day.Hash);
            if (anchor is null) state.Save([StateFile.Entry("replay", day.Hash, anchor = new(day.Hash, time.GetUtcNow(), speed))]);
            if (again) world.TellAgain(day.Lines.OfType<ParcelLine>().Select(line => line.Waybill).ToHashSet());
            var said = state.All<string>("replay-said").ToHashSet();
            var run = _run = new(day, speed, anchor, again, time.GetUtcNow()) { Said = said };
            run.Done = Task.Run(() => Play(run, lifetime.ApplicationStopping));
            return true;
        }
    }

    /// <summary>Ends when the run that was started last has ended.</summary>
    public Task WhenDone { get { lock (_gate) return _run?.Done ?? Task.CompletedTask; } }

    /// <summary>How the last run goes or went, with what the customers received until now; null when there was none.</summary>
    public async Task<ReplayReport?> Report(CancellationToken ct)
    {
        Run? run;
        lock (_gate) run = _run;
        if (run is null) return null;
        var report = run.Tally.Report(run.Day, world, run.State, run.Speed, run.StartedAt, run.EndedAt ?? time.GetUtcNow());
        var received = new List<string>();
        foreach (var customer in run.Day.Lines.OfType<CustomerLine>()) received.AddRange(await customers.Received(customer.OpenId, run.StartedAt, ct));
        var texts = run.Day.Lines.OfType<CustomerLine>().Where(customer => customer.Phone is not null)
            .Sum(customer => sms.Inbox(customer.Phone!).Count(message => message.At >= run.StartedAt));
        return report with { Pushes = received.CountBy(kind => kind).ToDictionary(), Sms = texts };
    }

    async Task Play(Run run, CancellationToken ct)
    {
        try
        {
            var number = FirstNumber;
            foreach (var (line, index) in run.Day.Lines.Select((line, index) => (line, index)))
            {
                await Wait(run, line, ct);
                switch (line)
                {
                    case CustomerLine customer: Note(run, await customers.Follow(customer, ct)); break;
                    case ParcelLine parcel: run.Tally.Played(before: !world.Place(Make(run, parcel, ++number))); break;
                    case MoveLine move: run.Tally.Played(before: !world.Happen(move.Waybill, Happened(run, move, index))); break;
                    case SayLine say: await Say(run, say, index, ct); break;
                    case CallLine call: run.Calling.Add(Call(run, call, ct)); break;
                    case SmsLine or DayHead: break;
                }
                if (line is ParcelLine or MoveLine && IsLastOfItsKind(run, index)) await carrier.SendAll(ct);
            }
            await Task.WhenAll([.. run.Saying.Values, .. run.Calling]);
            while (!await carrier.SendAll(ct)) await Task.Delay(lastWait, time, ct);
            run.End("done", time.GetUtcNow());
        }
        catch (OperationCanceledException)
        {
            run.End("failed", time.GetUtcNow());
        }
    }

    /// <summary>Waits until the line is due; when nothing waits (speed 0, or before the day) until all before it was answered, so that the order stays.</summary>
    async Task Wait(Run run, DayLine line, CancellationToken ct)
    {
        if (run.Speed == 0 || line.At < 0)
        {
            if (line is not SayLine) await Task.WhenAll(run.Saying.Values);
            return;
        }
        var now = time.GetUtcNow();
        run.DayBeganAt ??= now;
        var due = run.DayBeganAt.Value + TimeSpan.FromSeconds(line.At / run.Speed);
        if (due > now) await Task.Delay(due - now, time, ct);
        else run.Tally.Behind(now - due);
    }

    /// <summary>Parcels and moves that follow each other at one moment go to the product in one batch.</summary>
    static bool IsLastOfItsKind(Run run, int index) =>
        index + 1 == run.Day.Lines.Count || run.Day.Lines[index + 1] is not (ParcelLine or MoveLine)
        || run.Speed > 0 && run.Day.Lines[index].At >= 0 && run.Day.Lines[index + 1].At > run.Day.Lines[index].At;

    /// <summary>A customer's lines go one after the other, different customers' at once.</summary>
    async Task Say(Run run, SayLine say, int index, CancellationToken ct)
    {
        var key = $"{run.Day.Hash}/{index}";
        if (!run.Again && run.Said.Contains(key))
        {
            run.Tally.Played(before: true);
            return;
        }
        await run.Places.WaitAsync(ct);
        run.Saying[say.OpenId] = Said(run, say, key, run.Saying.GetValueOrDefault(say.OpenId, Task.CompletedTask), ct);
    }

    async Task Said(Run run, SayLine say, string key, Task before, CancellationToken ct)
    {
        try
        {
            await before;
            run.Tally.Said(await customers.Say(say, key, run.TimeOf(say), ct));
            run.Tally.Played(before: false);
            state.Save([StateFile.Entry("replay-said", key, key)]);
        }
        finally { run.Places.Release(); }
    }

    /// <summary>A call is one of its own in each run: nobody could tell that it is the same again.</summary>
    async Task Call(Run run, CallLine line, CancellationToken ct)
    {
        var call = calls.Dial(line.From);
        run.Tally.Played(before: false);
        if (call is not null)
        {
            await call.WhenAnswered.WaitAsync(ct);
            if (call.AnsweredAt is not null && line.Keys.Length > 0)
            {
                await Task.WhenAny(call.WhenEnded, Task.Delay(TimeSpan.FromSeconds(line.KeysAfter), time, ct));
                call.Sound.Press(line.Keys);
            }
            await Task.WhenAny(call.WhenEnded, Task.Delay(TimeSpan.FromSeconds(Math.Max(0, line.Seconds - (line.Keys.Length > 0 ? line.KeysAfter : 0))), time, ct));
            await call.HangUp();
        }
        run.Tally.Called(call);
    }

    SimulatedParcel Make(Run run, ParcelLine line, int number)
    {
        var wish = new ParcelWish(line.RecipientPhone, line.SenderPhone, Cities.Find(line.From), Cities.Find(line.To), line.Waybill, line.RecipientName, line.SenderName);
        var at = run.TimeOf(line);
        var parcel = _maker.MakeStill(wish, number, at);
        return parcel with
        {
            Sender = line.Sender ?? parcel.Sender, Recipient = line.Recipient ?? parcel.Recipient, WeightGrams = line.WeightGrams ?? parcel.WeightGrams,
            PromisedBy = line.PromisedAfter is { } after ? at.AddSeconds(after) : parcel.PromisedBy,
        };
    }

    static Happening Happened(Run run, MoveLine line, int index)
    {
        var stage = ParcelStages.Parse(line.Code) ?? ParcelStage.Arrived;
        var step = new Step(stage, line.Code, line.City, line.Place, line.Text, run.TimeOf(line), line.Operator, line.Reason, line.WeightGrams);
        return new($"{run.Day.Hash}-{index}", step, run.TimeOf(line));
    }

    static void Note(Run run, string? problem)
    {
        run.Tally.Played(before: false);
        if (problem is not null) run.Tally.Failed(problem);
    }

    sealed class Run(Day day, double speed, ReplayAnchor anchor, bool again, DateTimeOffset startedAt)
    {
        public Day Day => day;
        public double Speed => speed;
        public bool Again => again;
        public DateTimeOffset StartedAt => startedAt;
        public DateTimeOffset? EndedAt { get; private set; }
        public string State { get; private set; } = "running";
        public DateTimeOffset? DayBeganAt { get; set; }
        public ReplayTally Tally { get; } = new();
        public Dictionary<string, Task> Saying { get; } = [];
        public List<Task> Calling { get; } = [];
        public HashSet<string> Said { get; init; } = [];
        public SemaphoreSlim Places { get; } = new(AtOnce);
        public Task Done { get; set; } = Task.CompletedTask;

        /// <summary>When a line happened in real time: counted from the first run, so that it is the same in each. What was before the day is over at once.</summary>
        public DateTimeOffset TimeOf(DayLine line) => anchor.At + TimeSpan.FromSeconds(line.At / (anchor.Speed == 0 || line.At < 0 ? Unhurried : anchor.Speed));

        public void End(string state, DateTimeOffset at) => (State, EndedAt) = (state, at);
    }
}
