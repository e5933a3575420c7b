using System.Collections.Concurrent;
using Courier.Wechat.Client.Errors;
using Microsoft.Extensions.Logging;

namespace Courier.Wechat.Client.AccessTokens;

/// <summary>
/// Serves a token from memory and sees to it that one refresh happens for any number of callers over any number of processes:
/// inside the process callers share one flight, between processes the store gives the right to refresh to one of them, for one
/// version. While a token lives, it is served: also while it is being renewed, and when renewing fails.
/// </summary>
internal sealed class SharedTokens(
    ITokenStore store,
    Func<WechatAccount, TokenKind, CancellationToken, Task<FetchedToken>> fetch,
    TimeProvider clock,
    FillRandom random,
    ILogger logger)
{
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PauseWhileAlive = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PauseWithoutToken = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<TokenName, Slot> _slots = new();

    private sealed class Slot
    {
        public StoredToken? Current;
        public Task<StoredToken>? Flight;
        public DateTimeOffset NextTry = DateTimeOffset.MinValue;
        public WechatException? Fault;
        public DateTimeOffset ToldAt = DateTimeOffset.MinValue;
    }

    /// <summary>A token that should work now.</summary>
    public async Task<StoredToken> Get(WechatAccount account, TokenKind kind, CancellationToken ct)
    {
        var name = new TokenName(account.AppId, kind);
        var slot = _slots.GetOrAdd(name, _ => new Slot());
        var now = clock.GetUtcNow();
        Task<StoredToken> flight;
        lock (slot)
        {
            var current = slot.Current;
            if (current is not null && now < current.RenewAt) return current;
            if (current is not null && now < current.ExpiresAt)
            {
                if (now >= slot.NextTry) _ = Fly(slot, account, name, rejected: null);   // nobody waits for it; it tells its failures itself
                return current;
            }
            // A wrong secret must not become a request for every call that is made.
            if (slot.Fault is { } fault && now < slot.NextTry)
                throw new WechatException(fault.Call, fault.Code, fault.Reaction, fault.Explanation, fault) { BlockedUntil = fault.BlockedUntil };
            flight = Fly(slot, account, name, rejected: null);
        }
        return await flight.WaitAsync(ct);
    }

    /// <summary>Another token than the one that WeChat has just refused: already there, or got by whoever comes first.</summary>
    public async Task<StoredToken> Replace(WechatAccount account, TokenKind kind, StoredToken rejected, CancellationToken ct)
    {
        var name = new TokenName(account.AppId, kind);
        var slot = _slots.GetOrAdd(name, _ => new Slot());
        while (true)
        {
            Task<StoredToken> flight;
            lock (slot)
            {
                if (slot.Current is { } current && current.Version != rejected.Version) return current;
                flight = Fly(slot, account, name, rejected);
            }
            // A flight that was under way for another reason may still bring the refused one.
            var token = await flight.WaitAsync(ct);
            if (token.Version != rejected.Version) return token;
        }
    }

    // Called with the slot locked. The flight belongs to nobody: a caller that gives up does not end it for the others.
    private Task<StoredToken> Fly(Slot slot, WechatAccount account, TokenName name, StoredToken? rejected)
    {
        if (slot.Flight is { IsCompleted: false } under) return under;
        return slot.Flight = Task.Run(() => RenewOrPause(slot, account, name, rejected), CancellationToken.None);
    }

    private async Task<StoredToken> RenewOrPause(Slot slot, WechatAccount account, TokenName name, StoredToken? rejected)
    {
        var renewal = Renew(slot, account, name, rejected);
        await ((Task)renewal).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (renewal.Exception?.InnerException is { } fault) Pause(slot, name, fault);
        return await renewal;
    }

    private void Pause(Slot slot, TokenName name, Exception fault)
    {
        StoredToken? old;
        bool isTold;
        lock (slot)
        {
            var now = clock.GetUtcNow();
            isTold = now - slot.ToldAt < Quiet;
            if (!isTold) slot.ToldAt = now;
            old = slot.Current is { } current && now < current.ExpiresAt ? current : null;
            slot.Fault = fault as WechatException;
            slot.NextTry = now + (old is null ? PauseWithoutToken : PauseWhileAlive) * (1 + Randomness.Fraction(random));
        }
        if (old is not null && !isTold)
            logger.LogWarning("Renewing the {Kind} of {AppId} failed ({Reason}); the old one is served until {ExpiresAt:O}",
                name.Kind, name.AppId, fault.Message, old.ExpiresAt);
    }

    private async Task<StoredToken> Renew(Slot slot, WechatAccount account, TokenName name, StoredToken? rejected)
    {
        var giveUp = clock.GetUtcNow() + Patience;
        while (true)
        {
            var stored = await store.Load(name, CancellationToken.None);
            var now = clock.GetUtcNow();
            var refused = stored is not null && stored.Version == rejected?.Version;
            if (stored is not null && !refused && now < stored.RenewAt) return Keep(slot, stored);

            var lease = new TokenLease(stored?.Version ?? 0, Randomness.Nonce(random, 32), now, now + LeaseTime);
            if (await store.TryAcquire(name, lease, CancellationToken.None))
            {
                if (await Refresh(account, name, lease) is { } fresh) return Keep(slot, fresh);
                continue;   // the lease ended meanwhile and somebody else was quicker
            }
            // Somebody else is at it.
            if (stored is not null && !refused && now < stored.ExpiresAt) return Keep(slot, stored);
            if (now >= giveUp)
                throw new WechatException("token", null, ErrorReaction.BackOff, "no process could get a new token in time");
            await Task.Delay(LookAgain, clock, CancellationToken.None);
        }
    }

    private async Task<StoredToken?> Refresh(WechatAccount account, TokenName name, TokenLease lease)
    {
        FetchedToken fetched;
        try
        {
            fetched = await fetch(account, name.Kind, CancellationToken.None);
        }
        catch (WechatException error)
        {
            await store.Release(name, lease, CancellationToken.None);
            if (!error.MayHaveArrived) throw;
            // The request for a token may have arrived; the call that it was for never went out.
            throw new WechatException(error.Call, error.Code, error.Reaction, error.Explanation, error) { BlockedUntil = error.BlockedUntil };
        }
        var token = fetched.At(clock.GetUtcNow(), lease.Version + 1, random);
        if (!await store.Save(name, lease, token, CancellationToken.None)) return null;
        logger.LogInformation("A new {Kind} of {AppId}, version {Version}, is good until {ExpiresAt:O}", name.Kind, name.AppId, token.Version, token.ExpiresAt);
        return token;
    }

    private static StoredToken Keep(Slot slot, StoredToken token)
    {
        lock (slot)
        {
            slot.Current = token;
            slot.NextTry = DateTimeOffset.MinValue;
            slot.Fault = null;
        }
        return token;
    }
}
