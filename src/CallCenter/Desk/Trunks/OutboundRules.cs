using Courier.CallCenter.Switch;
using Courier.Kernel;

namespace Courier.CallCenter.Trunks;

/// <summary>Says which calls may go out, and by which trunks. What no rule names does not go out.</summary>
internal sealed class OutboundRules(CallCenterOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Queue<DateTimeOffset>[] _begun = [.. options.Outbound.Rules.Select(_ => new Queue<DateTimeOffset>())];

    /// <summary>The trunks that a number may go by, in the order in which they are tried; counts the call.</summary>
    /// <param name="number">digits only</param>
    /// <param name="roles">the caller's roles</param>
    /// <exception cref="RuleBroken">calls.not_allowed, calls.too_many</exception>
    public IReadOnlyList<TrunkOptions> Route(string number, IReadOnlyCollection<string> roles)
    {
        // The longest prefix first, then the role: a rule that gives foreign numbers to some closes them to whoever has a shorter one.
        var fitting = options.Outbound.Rules.Index().Where(r => number.StartsWith(r.Item.Prefix, StringComparison.Ordinal)).ToList();
        var longest = fitting.Select(r => r.Item.Prefix.Length).DefaultIfEmpty().Max();
        var chosen = fitting.Where(r => r.Item.Prefix.Length == longest && roles.Contains(r.Item.Role, StringComparer.OrdinalIgnoreCase)).ToList();
        if (number.Length == 0 || !number.All(char.IsAsciiDigit) || chosen.Count == 0) throw new RuleBroken("calls.not_allowed", Texts.CallNotAllowed);
        lock (_gate)
        {
            chosen.RemoveAll(r => IsSpent(r.Index, r.Item));
            if (chosen.Count == 0) throw new RuleBroken("calls.too_many", Texts.CallsTooMany);
            _begun[chosen[0].Index].Enqueue(clock.GetUtcNow());
        }
        return [.. chosen.Select(r => options.Trunks.First(t => t.Name == r.Item.Trunk))];
    }

    private bool IsSpent(int index, OutboundRuleOptions rule)
    {
        var begun = _begun[index];
        while (begun.TryPeek(out var first) && first <= clock.GetUtcNow() - Minute) begun.Dequeue();
        return begun.Count >= rule.PerMinute;
    }
}
