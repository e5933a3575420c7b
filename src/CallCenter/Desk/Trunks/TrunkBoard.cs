using System.Collections.Concurrent;
using System.Collections.Frozen;
using Courier.CallCenter.Switch;
using Courier.Sip.Auth;
using Courier.Sip.Messages;
using Microsoft.Extensions.Logging;

namespace Courier.CallCenter.Trunks;

/// <summary>
/// How the trunks are: asked by OPTIONS every 10 to 30 seconds, two failures are down, one success is up; those that want it are
/// registered at. Counts their calls.
/// </summary>
internal sealed partial class TrunkBoard(CallCenterOptions options, Exchange exchange, TimeProvider clock, ILogger<TrunkBoard> log)
{
    private const int FailuresUntilDown = 2;
    private const uint RegistrationSeconds = 600, ShortestRegistration = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private readonly FrozenDictionary<string, Health> _health = options.Trunks.ToFrozenDictionary(t => t.Name, t => new Health(t));
    private readonly ConcurrentDictionary<string, int> _calls = [];

    /// <summary>Whether calls may go by it.</summary>
    public bool IsUp(TrunkOptions trunk) => _health[trunk.Name].IsUp;

    /// <summary>How many calls it carries.</summary>
    public int Calls(TrunkOptions trunk) => _calls.GetValueOrDefault(trunk.Name);

    /// <summary>When it was asked last whether it lives; null for one that is never asked, or was not yet.</summary>
    public DateTimeOffset? AskedAt(TrunkOptions trunk) => _health[trunk.Name].AskedAt;

    /// <summary>Whether the carrier has us registered; null for a trunk that does not want that.</summary>
    public bool? IsRegistered(TrunkOptions trunk) => trunk.Register ? _health[trunk.Name].IsRegistered : null;

    /// <summary>Takes a place for a call; false when it carries as many as it may.</summary>
    public bool TryTake(TrunkOptions trunk)
    {
        var now = _calls.AddOrUpdate(trunk.Name, 1, static (_, count) => count + 1);
        if (trunk.MostCalls == 0 || now <= trunk.MostCalls) return true;
        Release(trunk);
        return false;
    }

    /// <summary>Gives a place back.</summary>
    public void Release(TrunkOptions trunk) => _calls.AddOrUpdate(trunk.Name, 0, static (_, count) => count - 1);

    /// <summary>The credentials for a trunk's challenges; null when it has none.</summary>
    public DigestClient? CredentialsOf(TrunkOptions trunk) => _health[trunk.Name].Credentials;

    /// <summary>Where calls by a trunk go.</summary>
    public static SipUri Target(TrunkOptions trunk, string? number)
    {
        var transport = trunk.Transport.ToUpperInvariant();
        return new SipUri("sip", number, trunk.HostName, trunk.HostPort, transport == "UDP" ? SipParameters.None : SipParameters.None.With("transport", transport.ToLowerInvariant()));
    }

    /// <summary>Watches all of them until it is stopped.</summary>
    public Task Watch(CancellationToken ct) => Task.WhenAll(_health.Values.Where(h => h.Trunk.Outbound || h.Trunk.Register).Select(h => Watch(h, ct)));

    private async Task Watch(Health health, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await Look(health, ct).ConfigureAwait(false);
            await Task.Delay(TimeSpan.FromSeconds(health.Trunk.HealthSeconds), clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Look(Health health, CancellationToken ct)
    {
        var answered = await Ask(health, SipMethod.Options, null, ct).ConfigureAwait(false) is { Status: not (408 or 503) };
        health.AskedAt = clock.GetUtcNow();
        health.Failures = answered ? 0 : health.Failures + 1;
        var isUp = answered || (health.IsUp && health.Failures < FailuresUntilDown);
        if (isUp != health.IsUp) Changed(log, health.Trunk.Name, isUp ? "up" : "down");
        if (isUp && !health.IsUp) health.RegisterAt = default; // a carrier that begins anew knows nobody
        health.IsUp = isUp;
        if (health.Trunk.Register && clock.GetUtcNow() >= health.RegisterAt) await Register(health, ct).ConfigureAwait(false);
    }

    private async Task Register(Health health, CancellationToken ct)
    {
        var answer = await Ask(health, SipMethod.Register, RegistrationSeconds, ct).ConfigureAwait(false);
        health.IsRegistered = answer is { Status: 200 };
        if (!health.IsRegistered) NotRegistered(log, health.Trunk.Name, answer?.Status ?? 0);
        health.RegisterAt = clock.GetUtcNow() + TimeSpan.FromSeconds(health.IsRegistered ? Granted(answer!) / 2 : health.Trunk.HealthSeconds);
    }

    // What the carrier grants may be less than what was asked for; it may list other places of the same number too (RFC 3261 §10.2.4).
    private static uint Granted(SipResponse answer) => Math.Clamp(
        answer.Contacts.Select(c => c.Expires).Append(answer.Expires).Where(e => e is not null).Min() ?? RegistrationSeconds, ShortestRegistration, RegistrationSeconds);

    private async Task<SipResponse?> Ask(Health health, SipMethod method, uint? expires, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        var user = health.Trunk.Username.Length > 0 ? health.Trunk.Username : "courier";
        try
        {
            var from = new NameAddr(new SipUri("sip", user, health.Trunk.HostName));
            return await exchange.Agent.AskAsync(method, Target(health.Trunk, null), from, health.Credentials, expires, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Trunk {Trunk} is {State}")]
    private static partial void Changed(ILogger log, string trunk, string state);

    [LoggerMessage(LogLevel.Warning, "Trunk {Trunk} does not take our registration: {Status}")]
    private static partial void NotRegistered(ILogger log, string trunk, int status);

    private sealed class Health(TrunkOptions trunk)
    {
        public TrunkOptions Trunk { get; } = trunk;

        public DigestClient? Credentials { get; } = trunk.Username.Length > 0 ? new DigestClient(trunk.Username, trunk.Password) : null;

        public bool IsUp { get; set; } = true;

        public int Failures { get; set; }

        public DateTimeOffset? AskedAt { get; set; }

        public bool IsRegistered { get; set; }

        public DateTimeOffset RegisterAt { get; set; }
    }
}
