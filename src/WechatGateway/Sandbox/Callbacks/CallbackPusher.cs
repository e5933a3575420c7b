using Courier.Wechat.Sandbox.Control;
using Courier.Wechat.Sandbox.Platform;
using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Callbacks;

/// <summary>How a push ended: its attempts, the reply that the customer sees, or why it did not go out (now).</summary>
internal sealed record PushOutcome(IReadOnlyList<CallbackAttempt> Attempts, ShownMessage? Reply = null, string Raw = "", string? NotSent = null);

/// <summary>
/// Delivers callbacks: in order per follower, up to three attempts with the same body and a new envelope, at once one after
/// the other. A push is on disk until it ended, so that a restart goes on with it.
/// </summary>
internal sealed class CallbackPusher(
    SandboxOptions options, SandboxState state, TimeProvider clock, PlatformRecords records, FaultBook faults, CallbackSender sender)
{
    const string FailureText = "该公众号提供的服务出现故障，请稍后再试";
    readonly CancellationTokenSource stopping = new();
    readonly Dictionary<string, Task> tails = [];
    readonly Dictionary<string, Push> held = [];

    /// <summary>Sends a push after those before it. The caller holds the state's lock.</summary>
    public Task<PushOutcome> Send(Push push)
    {
        state.Pushes.Put(Key(push), push);
        return Schedule(push);
    }

    /// <summary>Sends a push after a while. The caller holds the state's lock.</summary>
    public void Later(Push push, TimeSpan delay)
    {
        push = push with { NotBefore = clock.GetUtcNow() + delay };
        state.Pushes.Put(Key(push), push);
        _ = Wait(push, delay);
    }

    /// <summary>Goes on with what was open when the process ended.</summary>
    public void Resume()
    {
        lock (state.Gate)
            foreach (var push in state.Pushes.Values.OrderBy(push => push.Sequence).ToList())
            {
                if (push.NotBefore > clock.GetUtcNow()) _ = Wait(push, push.NotBefore - clock.GetUtcNow());
                else _ = Schedule(push);
            }
    }

    /// <summary>Starts no further attempt; those that run may end.</summary>
    public void Stop() => stopping.Cancel();

    /// <summary>Lets go of the pushes that faults hold back.</summary>
    public void ReleaseHeld()
    {
        lock (state.Gate)
            foreach (var openId in held.Keys.ToList()) Release(openId);
    }

    async Task Wait(Push push, TimeSpan delay)
    {
        await Task.Delay(delay, clock, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stopping.IsCancellationRequested) return;
        lock (state.Gate) _ = Schedule(push);
    }

    Task<PushOutcome> Schedule(Push push)
    {
        var fault = faults.TakeForCallback(push.AppId);
        if (fault is { Callback: CallbackFault.Drop, Attempts: null })
        {
            state.Pushes.Remove(Key(push));
            return Task.FromResult(new PushOutcome([], NotSent: "dropped"));
        }
        if (fault?.Callback == CallbackFault.Reorder && held.TryAdd(push.OpenId, push))
        {
            _ = ReleaseAfterHold(push.OpenId);
            return Task.FromResult(new PushOutcome([], NotSent: "held"));
        }
        var outcome = Chain(push, fault);
        Release(push.OpenId);
        return outcome;
    }

    async Task ReleaseAfterHold(string openId)
    {
        await Task.Delay(options.Limits.ReorderHold, clock, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (state.Gate) Release(openId);
    }

    void Release(string openId)
    {
        if (held.Remove(openId, out var earlier)) _ = Chain(earlier, null);
    }

    Task<PushOutcome> Chain(Push push, Fault? fault)
    {
        var mine = Run(tails.GetValueOrDefault(push.OpenId, Task.CompletedTask), push, fault);
        tails[push.OpenId] = mine;
        return mine;
    }

    async Task<PushOutcome> Run(Task before, Push push, Fault? fault)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        if (options.Accounts.FirstOrDefault(account => account.AppId == push.AppId) is not { } account) return Drop(push);
        if (fault?.Callback == CallbackFault.Duplicate) return await RunTwice(account, push, fault);
        var attempts = await Attempts(account, push, fault);
        return attempts is null ? new([], NotSent: "stopping") : End(account, push, attempts);
    }

    /// <summary>
    /// The first delivery counts as cut off, so the customer sees the answer to the second, as in life: an empty answer to
    /// a repeated push leaves the customer with nothing.
    /// </summary>
    async Task<PushOutcome> RunTwice(SandboxAccount account, Push push, Fault fault)
    {
        var first = sender.Post(account, push);
        if (fault.DelayMs is { } delay) await Task.Delay(TimeSpan.FromMilliseconds(delay), clock, CancellationToken.None);
        var second = await sender.Post(account, push);
        return End(account, push, [await first, second]);
    }

    async Task<List<CallbackAttempt>?> Attempts(SandboxAccount account, Push push, Fault? fault)
    {
        var attempts = new List<CallbackAttempt>();
        for (var number = push.Attempts + 1; number <= options.Limits.CallbackAttempts; number++)
        {
            if (stopping.IsCancellationRequested) return null;
            lock (state.Gate) state.Pushes.Put(Key(push), push with { Attempts = number });
            var attempt = await Attempt(account, push, fault, number);
            attempts.Add(attempt);
            if (attempt.Body is not null) break;
        }
        return attempts;
    }

    async Task<CallbackAttempt> Attempt(SandboxAccount account, Push push, Fault? fault, int number)
    {
        var hit = number <= (fault?.Attempts ?? 1);
        if (fault?.Callback == CallbackFault.Drop && hit) return new(0, 0, null, null, "");
        if (fault is { Callback: CallbackFault.Slow, DelayMs: { } delay }) await Task.Delay(TimeSpan.FromMilliseconds(delay), clock, CancellationToken.None);
        var attempt = await sender.Post(account, push);
        return fault?.Callback == CallbackFault.AnswerLost && hit ? attempt with { Status = 0, Body = null } : attempt;
    }

    PushOutcome End(SandboxAccount account, Push push, IReadOnlyList<CallbackAttempt> attempts)
    {
        lock (state.Gate)
        {
            state.Pushes.Remove(Key(push));
            foreach (var problem in attempts.Select(attempt => attempt.Problem).OfType<string>())
                records.RuleBroken(push.AppId, push.OpenId, "callback " + push.Name, null, problem);
            return attempts.LastOrDefault() is { Body: { } body } answered
                ? Show(account, push, attempts, Read(account, push, body, answered.Key))
                : Fail(push, attempts);
        }
    }

    ReplyVerdict Read(SandboxAccount account, Push push, byte[] body, string key) =>
        PassiveReply.Read(body, account, key, push.OpenId, (mediaId, type) =>
            mediaId is not null && state.Media.TryGet(mediaId, out var media) && media.AppId == account.AppId && media.Type == type
            && MediaCalls.IsKept(media, clock.GetUtcNow(), options.Limits));

    PushOutcome Show(SandboxAccount account, Push push, IReadOnlyList<CallbackAttempt> attempts, ReplyVerdict verdict)
    {
        if (verdict.Problem is { } problem)
        {
            records.RuleBroken(push.AppId, push.OpenId, "callback " + push.Name, null, problem);
            return Fail(push, attempts);
        }
        if (verdict.Reply is not { } reply) return new(attempts);
        if (!push.ShowsReply)
        {
            records.RuleBroken(push.AppId, push.OpenId, "callback " + push.Name, null, "这类事件的回复不会展示给用户，回答 success 即可。");
            return new(attempts);
        }
        var transfer = reply.Type == "transfer_customer_service";
        if (transfer && state.Followers[push.OpenId] is { } person) KfSessions.Wait(state, person, clock.GetUtcNow());
        records.Chat(push.OpenId, transfer ? ChatSide.Note : ChatSide.ToCustomer, "passive", reply.Type, reply.Text, reply.Data, verdict.Raw);
        return new(attempts, reply, verdict.Raw);
    }

    PushOutcome Fail(Push push, IReadOnlyList<CallbackAttempt> attempts)
    {
        if (push.ShowsReply)
            records.Chat(push.OpenId, ChatSide.ToCustomer, "passive", "failure", FailureText, new { content = FailureText }, "");
        return new(attempts);
    }

    PushOutcome Drop(Push push)
    {
        lock (state.Gate) state.Pushes.Remove(Key(push));
        return new([], NotSent: "no such account");
    }

    static string Key(Push push) => SandboxState.Key(push.Sequence);
}
