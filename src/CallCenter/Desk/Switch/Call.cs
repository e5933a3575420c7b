using System.Diagnostics.Metrics;
using Courier.CallCenter.Records;
using Courier.CallCenter.Recording;
using Courier.CallCenter.Routing;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Media;
using Courier.Media.Mixing;
using Courier.Services.Customers;
using Courier.Services.Staff;
using Courier.Sip.Dialogs;

namespace Courier.CallCenter.Switch;

/// <summary>
/// One call, under one id from its begin to its end, whoever comes and goes: what it is to the business. All of it is touched in its own
/// mailbox only. Telephones are parties; a call knows nothing of messages and packets.
/// </summary>
internal sealed class Call
{
    private const int MostEarly = 16;

    private static readonly Counter<long> Begun = CourierMetrics.Meter.CreateCounter<long>("courier_calls_begun_total", description: "Calls that began, by direction");
    private static readonly Counter<long> Over = CourierMetrics.Meter.CreateCounter<long>("courier_calls_ended_total", description: "Calls that ended, by result");

    private readonly CallGround _ground;
    private readonly Mailbox _mailbox;
    private readonly MailboxScheduler _scheduler;
    private readonly List<Party> _parties = [];
    private readonly List<LegFigures> _legs = [];
    private readonly CancellationTokenSource _gone = new();
    private readonly Queue<char> _early = [];
    private ICallEar? _ear;
    private Talk? _talk;
    private (Party By, CancellationTokenSource Stop)? _asking;
    private TaskCompletionSource<ServiceEnd> _served = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CallResult? _result;
    private bool _wasRecorded;

    public Call(CallGround ground, CallFacts facts, CallDirection direction, string trunk)
    {
        _ground = ground;
        _mailbox = ground.Exchange.Agent.NewMailbox();
        _scheduler = new MailboxScheduler(_mailbox);
        Facts = facts;
        Direction = direction;
        Trunk = trunk;
        Gone = _gone.Token;
    }

    public CallFacts Facts { get; }

    public string Id => Facts.CallId;

    public CallDirection Direction { get; }

    public string Trunk { get; set; }

    public CallState State { get; private set; } = CallState.Beginning;

    /// <summary>The other side: who called the hotline, or who was called.</summary>
    public Party? Customer { get; private set; }

    /// <summary>Whose telephone began it, where one of ours did: without it the call is over.</summary>
    public Party? Initiator { get; set; }

    /// <summary>Who is asked while the customer waits; null when nobody is.</summary>
    public Party? Consulted { get; private set; }

    /// <summary>The call in which this call-back was promised; null for any other call.</summary>
    public string? PromisedIn { get; init; }

    /// <summary>Its place in a queue, also after it has left; null before.</summary>
    public QueueEntry? Place { get; set; }

    /// <summary>What the other side hears while waiting.</summary>
    public AudioClip Music => _ground.Music.Of(Place?.Queue ?? "");

    /// <summary>Who it is; null while nobody knows.</summary>
    public CustomerId? CustomerId { get; set; }

    public RunningRecording? Recording { get; private set; }

    public DateTimeOffset? TalkedAt { get; private set; }

    /// <summary>Where it waits when it is parked.</summary>
    public string? Slot { get; private set; }

    /// <summary>Since when it is parked.</summary>
    public DateTimeOffset ParkedAt { get; private set; }

    /// <summary>Cancelled when the other side is gone.</summary>
    public CancellationToken Gone { get; }

    public DateTimeOffset Now => _ground.Clock.GetUtcNow();

    public CallGround Ground => _ground;

    public IReadOnlyList<Party> Parties => _parties;

    /// <summary>What hears the customer's keys and the ends of what is played to them; null while nobody listens.</summary>
    public ICallEar? Ear
    {
        get => _ear;
        set
        {
            _ear = value;
            while (value is not null && _early.TryDequeue(out var digit)) value.Pressed(digit);
        }
    }

    /// <summary>Our people in the call who can speak with the other side.</summary>
    public IEnumerable<Party> Servants => _parties.Where(p => p != Customer && p.IsUp && p.Name.Role != PartyRole.Supervisor);

    /// <summary>Does something in the mailbox.</summary>
    public void Post(Action<Call> work) => _mailbox.Post(() => work(this));

    /// <summary>Runs something in the mailbox; what it awaits goes on there.</summary>
    public Task<T> Run<T>(Func<Task<T>> work) => _scheduler.Run(work);

    /// <summary>Runs something in the mailbox; what it awaits goes on there.</summary>
    public Task Run(Func<Task> work) => _scheduler.Run(work);

    /// <summary>Does something in the mailbox.</summary>
    public Task<T> Do<T>(Func<T> work) => _scheduler.Do(work);

    /// <summary>It is one of the calls of this process now.</summary>
    public void Begin()
    {
        _ground.Calls.Add(this);
        Begun.Add(1, new KeyValuePair<string, object?>("direction", EnumText<CallDirection>.Of(Direction)));
        Post(c => c._ground.Journal.Add(CallNote.Kind, new CallNote(c._ground.Node, c.Facts.StartedAt, c.Figures())));
    }

    /// <summary>Does something once somebody has answered.</summary>
    public void WhenAnswered(Party party, Action<Call> then) => _ = party.WhenAnswered.ContinueWith(answered =>
    {
        if (answered.Result) Post(then);
    }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    /// <summary>Somebody new; they are heard once they join the talk.</summary>
    public void Add(Party party)
    {
        party.Call = this;
        _parties.Add(party);
        if (State == CallState.Ended) party.HangUp();
    }

    /// <summary>Says who the other side is.</summary>
    public void Serve(Party customer) => Customer = customer;

    /// <summary>Goes on to another state.</summary>
    /// <exception cref="InvalidOperationException">The table does not allow it.</exception>
    public void Enter(CallState next)
    {
        if (next == State) return;
        if (!next.MayFollow(State)) throw new InvalidOperationException($"a call cannot go from {State} to {next}");
        State = next;
    }

    /// <summary>The other side and one of ours begin to speak, or go on to.</summary>
    public void Connect(Party servant)
    {
        if (_served.Task.IsCompleted) _served = new TaskCompletionSource<ServiceEnd>(TaskCreationOptions.RunContinuationsAsynchronously);
        Enter(CallState.Talking);
        TalkedAt ??= Now;
        Together(Customer!, servant, MemberRole.Full);
        Record();
    }

    /// <summary>Whoever of ours has somebody called hears what the network says before anybody answers; nobody hears them yet.</summary>
    public void HearEarly(Party dialled, Party servant)
    {
        if (State != CallState.Beginning || dialled.IsOver || servant.IsOver) return;
        Together(dialled, servant, MemberRole.Monitor);
    }

    /// <summary>Done once nobody of ours speaks with the other side any more.</summary>
    public Task<ServiceEnd> WhenServed => _served.Task;

    /// <summary>A program has the other side again: what is said from now on is not recorded.</summary>
    public void TakeBack(CallState next)
    {
        Enter(next);
        _talk?.Leave(Customer!);
        if (!Customer!.IsOver) Customer.Media.StopPlaying();
        StopRecording();
    }

    /// <summary>The other side hears music; ours stay.</summary>
    public void Hold()
    {
        if (State == CallState.OnHold) return;
        State.Require(CallCommand.Hold);
        Enter(CallState.OnHold);
        _talk!.Entertain(Customer!);
    }

    /// <summary>The other side is back; whoever was asked meanwhile is not needed any more.</summary>
    public void Resume()
    {
        if (State == CallState.Talking) return;
        State.Require(CallCommand.Resume);
        DropConsulted();
        Enter(CallState.Talking);
        _talk!.Join(Customer!, MemberRole.Full);
    }

    /// <summary>Refuses to ask somebody when it makes no sense now, or somebody is asked already.</summary>
    /// <exception cref="RuleBroken">calls.not_now</exception>
    public void RequireConsult()
    {
        State.Require(CallCommand.Consult);
        if (Consulted is not null || _asking is not null) throw new RuleBroken("calls.not_now", Texts.CallNotNow);
    }

    /// <summary>Somebody is asked while the other side hears music; until they answer whoever asks hears that it rings.</summary>
    /// <returns>cancelled once they are not needed any more</returns>
    public CancellationToken BeginConsulting(Party asking)
    {
        RequireConsult();
        if (State == CallState.Talking) Hold();
        _talk!.LetWait(asking);
        _asking = (asking, CancellationTokenSource.CreateLinkedTokenSource(Gone));
        return _asking.Value.Stop.Token;
    }

    /// <summary>They answered, or not (null).</summary>
    public void Consult(Party asking, Party? asked)
    {
        _asking = null;
        _talk!.Join(asking, MemberRole.Full);
        if (asked is null) return;
        Consulted = asked;
        _talk.Join(asked, MemberRole.Full);
    }

    /// <summary>All speak together.</summary>
    public void Confer()
    {
        if (State == CallState.Talking && Consulted is null) return;
        State.Require(CallCommand.Confer);
        if (Consulted is null) throw new RuleBroken("calls.nobody_asked", Texts.CallNobodyAsked);
        Consulted = null;
        Enter(CallState.Talking);
        _talk!.Join(Customer!, MemberRole.Full);
    }

    /// <summary>Whoever was asked has the call now.</summary>
    public void HandOver(Party from)
    {
        var to = Consulted ?? throw new RuleBroken("calls.nobody_asked", Texts.CallNobodyAsked);
        Consulted = null;
        Enter(CallState.Talking);
        _talk!.Join(Customer!, MemberRole.Full);
        _talk.Join(to, MemberRole.Full);
        from.HangUp();
    }

    /// <summary>Somebody else is rung while the other side hears music.</summary>
    public void BeginTransfer(Party from)
    {
        State.Require(CallCommand.Transfer);
        DropConsulted();
        Enter(CallState.Transferring);
        _talk!.Entertain(Customer!);
        _talk.LetWait(from);
    }

    /// <summary>They have the call now.</summary>
    public void Transferred(Party from, Party to)
    {
        Connect(to);
        _talk!.Leave(from);
    }

    /// <summary>They did not answer: the one who wanted to give the call away has it again, or nobody has.</summary>
    public void TransferFailed(Party from)
    {
        if (State != CallState.Transferring) return;
        if (from.IsUp) Connect(from);
        else _served.TrySetResult(ServiceEnd.Stranded);
    }

    /// <summary>The other side waits where any agent can take the call.</summary>
    public void Park(Party from, string slot)
    {
        State.Require(CallCommand.Park);
        DropConsulted();
        Enter(CallState.Parked);
        Slot = slot;
        ParkedAt = Now;
        _talk!.Entertain(Customer!);
        from.HangUp();
    }

    /// <summary>Somebody takes a parked call.</summary>
    public void Retrieve(Party by)
    {
        State.Require(CallCommand.Retrieve);
        Slot = null;
        Connect(by);
    }

    /// <summary>A parked call that nobody takes waits no longer.</summary>
    public void GiveUpParking()
    {
        if (State != CallState.Parked) return;
        Slot = null;
        _served.TrySetResult(ServiceEnd.Stranded);
    }

    /// <summary>A supervisor listens, whispers to an agent, or speaks with all.</summary>
    public void Listen(Party supervisor, MemberRole role)
    {
        State.Require(CallCommand.Listen);
        _talk!.Join(supervisor, role);
    }

    /// <summary>Keeps what is said out of the recording, or takes it in again.</summary>
    public void PauseRecording(bool pause)
    {
        State.Require(CallCommand.PauseRecording);
        if (Recording is not { } running) throw new RuleBroken("calls.not_recorded", Texts.CallNotRecorded);
        if (pause && !running.IsPaused) running.Pause();
        if (!pause && running.IsPaused) running.Resume();
    }

    /// <summary>A telephone put its end on hold, or took it back.</summary>
    public void HoldChanged() => _talk?.HoldChanged();

    /// <summary>A telephone wants somebody else to have the call.</summary>
    public void Referred(Party by, Referral referral) => _ground.Transfers.Take(this, by, referral);

    public void Pressed(Party party, char digit)
    {
        if (party != Customer) return;
        if (_ear is not null) _ear.Pressed(digit);
        else if (_early.Count < MostEarly) _early.Enqueue(digit); // faster than the program that is about to listen
    }

    public void Played(Party party, PlayId id)
    {
        if (party == Customer) Ear?.Played(id);
    }

    /// <summary>Gives somebody to another call.</summary>
    public void Release(Party party)
    {
        _talk?.Leave(party);
        _parties.Remove(party);
    }

    /// <summary>Somebody's telephone is not in the call any more.</summary>
    public void Left(Party party, PartyEnd end)
    {
        _talk?.Leave(party);
        _parties.Remove(party);
        _legs.Add(CallFiguring.Of(party, end, Now));
        if (party == Consulted) Consulted = null;
        if (party == _asking?.By) DropConsulted();
        // Of several places of one telephone, and of an old and a new one, the last ends it.
        if (party.Name.Staff is { } staff && party.Name.Role != PartyRole.Supervisor && _parties.TrueForAll(p => p.Name.Staff != staff)) EndTalkOf(staff);
        if (party == Customer) LoseCustomer(end);
        else if (party == Initiator && State == CallState.Beginning) End(CallFiguring.ResultOf(this, end));
        else if (!Servants.Any() && State is CallState.Talking or CallState.OnHold) _served.TrySetResult(end.IsFault ? ServiceEnd.Stranded : ServiceEnd.Done);
        else if (State == CallState.OnHold && Consulted is { } asked && !Servants.Any(s => s != asked)) Handed(asked);
        Finish();
    }

    /// <summary>Ends it: every telephone is hung up.</summary>
    public void End(CallResult? result = null)
    {
        _result ??= result ?? (State == CallState.InVoicemail ? CallResult.Voicemail : null);
        if (State != CallState.Ended) Enter(CallState.Ended);
        _gone.Cancel();
        _served.TrySetResult(ServiceEnd.Done);
        foreach (var party in _parties.ToList()) party.HangUp();
        Finish();
    }

    /// <summary>What it is in figures now.</summary>
    public CallFigures Figures() => new()
    {
        Id = Id, Direction = Direction, Peer = Facts.Caller, Hotline = Facts.Hotline, Flow = Facts.Flow, Trunk = Trunk, Customer = CustomerId, StartedAt = Facts.StartedAt,
        AnsweredAt = _legs.Select(l => l.AnsweredAt).Concat(_parties.Select(p => p.AnsweredAt)).Where(a => a is not null).Min(), TalkedAt = TalkedAt, IsRecorded = _wasRecorded,
        CalledBackFor = PromisedIn ?? "", Legs = _legs,
    };

    // The queue that asked for a call-back knows the agent under the call in which it was promised.
    private void EndTalkOf(StaffId staff)
    {
        if (!_ground.Board.TalkEnded(staff, Id) && PromisedIn is { } promise) _ground.Board.TalkEnded(staff, promise);
    }

    private void Handed(Party asked)
    {
        Consulted = null;
        Connect(asked);
    }

    private void DropConsulted()
    {
        Consulted?.HangUp();
        Consulted = null;
        if (_asking is not { } asking) return;
        _asking = null;
        asking.Stop.Cancel();
        _talk!.Join(asking.By, MemberRole.Full);
    }

    private void Together(Party other, Party servant, MemberRole role)
    {
        _talk ??= new Talk(_ground.Exchange.Media, () => Music);
        _talk.Join(other, MemberRole.Full);
        _talk.Join(servant, role);
    }

    private void LoseCustomer(PartyEnd end)
    {
        _result ??= CallFiguring.ResultOf(this, end);
        End();
    }

    private void Record()
    {
        if (Recording is not null || !_ground.Options.Recording.Talks || Direction == CallDirection.Internal) return;
        Recording = _ground.Recordings.Begin(_ground.Exchange.Media, Customer!.Media, new RecordingFacts(
            Ids.New(_ground.Clock), Id, RecordingKind.Talk, "", CustomerId?.Text, TakeCallNotes.PeerHash(_ground.Keys, Facts.Caller), Now), Courier.Media.Wav.RecordedSides.Both);
        _wasRecorded |= Recording is not null;
    }

    private void StopRecording()
    {
        if (Recording is { } running) _ = _ground.Recordings.Finish(running);
        Recording = null;
    }

    // Once, when it is over and the last telephone is gone.
    private void Finish()
    {
        if (State != CallState.Ended || _parties.Count > 0 || !_ground.Calls.Remove(this)) return;
        _talk?.Dispose();
        if (Slot is { } slot) _ground.Calls.FreeSlot(slot);
        StopRecording();
        var result = _result ?? (TalkedAt is null ? CallResult.SelfServed : CallResult.Completed);
        Over.Add(1, new KeyValuePair<string, object?>("result", EnumText<CallResult>.Of(result)));
        _ground.Journal.Add(CallNote.Kind, new CallNote(_ground.Node, Now, Figures() with { EndedAt = Now, Result = result }));
    }
}
