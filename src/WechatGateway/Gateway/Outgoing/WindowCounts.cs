using System.Collections.Concurrent;
using Courier.Kernel.Data;
using Courier.Services.Notifications;
using Courier.WechatGateway.Followers;

namespace Courier.WechatGateway.Outgoing;

/// <summary>
/// Takes customer-service messages from the customers' counts before they go out, for a whole portion in one transaction, so that two
/// processes never send one too many; what was not needed is given back.
/// </summary>
internal sealed class WindowCounts(Db db, TimeProvider clock)
{
    private const string Open =
        """
        select openid as OpenId, sends_left as SendsLeft
        from wechat_followers
        where app_id = @appId and openid in @openIds and followed = 1 and window_until > @now and sends_left > 0
        """;

    private const string Change =
        """
        update wechat_followers
        set sends_left = sends_left + @number
        where app_id = @appId and openid in @openIds and window_until > @now
        """;

    /// <summary>Takes one message for a customer; false when nothing may be sent.</summary>
    /// <param name="portion">What is sent together.</param>
    /// <param name="wanted">The names whose windows are open as far as is known, one for each message of the portion that has such a name.</param>
    /// <param name="who">The name that one is taken for; it is among the wanted.</param>
    public async Task<bool> Take(Portion portion, Func<Portion, Task<IReadOnlyList<FollowerName>>> wanted, FollowerName who)
    {
        var taken = await portion.Once(typeof(WindowCounts), async p => await TakeAll(p, await wanted(p).ConfigureAwait(false)).ConfigureAwait(false)).ConfigureAwait(false);
        return taken.TryGetValue(who, out var left) && left.TakeOne();
    }

    /// <summary>WeChat said that nothing may be sent to somebody: the portion asks no more, and gives nothing back that would open the window again.</summary>
    public static async Task Close(Portion portion, FollowerName who)
    {
        var taken = await portion.Once(typeof(WindowCounts), static _ => Task.FromResult(new ConcurrentDictionary<FollowerName, Allowance>())).ConfigureAwait(false);
        if (taken.TryGetValue(who, out var left)) left.Close();
    }

    private async Task<ConcurrentDictionary<FollowerName, Allowance>> TakeAll(Portion portion, IReadOnlyList<FollowerName> wanted)
    {
        var taken = new ConcurrentDictionary<FollowerName, Allowance>();
        if (wanted.Count == 0) return taken;
        var asked = wanted.GroupBy(n => n).ToDictionary(g => g.Key, g => (long)g.Count());
        var got = await db.InTransaction(tx => TakeIn(tx, asked), CancellationToken.None).ConfigureAwait(false);
        foreach (var (name, number) in got) taken[name] = new Allowance(number);
        portion.AtEnd(ct => GiveBack(taken, ct));
        return taken;
    }

    private async Task<List<(FollowerName Name, long Number)>> TakeIn(Tx tx, Dictionary<FollowerName, long> asked)
    {
        var got = new List<(FollowerName Name, long Number)>();
        var now = clock.GetUtcNow();
        foreach (var ofAccount in asked.Keys.GroupBy(n => n.AppId)) // few: one statement an account
        {
            var rows = await tx.Query<Row>($"{Open} {tx.Dialect.ForUpdate}", new { appId = ofAccount.Key, openIds = ofAccount.Select(n => n.OpenId.Text).ToList(), now }).ConfigureAwait(false);
            var left = rows.ToDictionary(r => r.OpenId, r => r.SendsLeft, StringComparer.Ordinal);
            got.AddRange(ofAccount.Where(n => left.ContainsKey(n.OpenId.Text)).Select(n => (n, Math.Min(left[n.OpenId.Text], asked[n]))));
        }
        await Add(tx, [.. got.Select(g => (g.Name, -g.Number))], now).ConfigureAwait(false);
        return got;
    }

    private Task GiveBack(ConcurrentDictionary<FollowerName, Allowance> taken, CancellationToken ct)
    {
        var unused = taken.Where(t => t.Value.Left > 0).Select(t => (t.Key, t.Value.Left)).ToList();
        return unused.Count == 0 ? Task.CompletedTask : db.InTransaction(tx => Add(tx, unused, clock.GetUtcNow()), ct);
    }

    private static async Task Add(Tx tx, List<(FollowerName Name, long Number)> changes, DateTimeOffset now)
    {
        foreach (var alike in changes.GroupBy(c => (c.Name.AppId, c.Number))) // few: mostly one message each
            await tx.Execute(Change, new { appId = alike.Key.AppId, number = alike.Key.Number, openIds = alike.Select(c => c.Name.OpenId.Text).ToList(), now }).ConfigureAwait(false);
    }

    private sealed record Row
    {
        public required string OpenId { get; init; }
        public required long SendsLeft { get; init; }
    }
}
