using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Courier.Kernel.Data;
using Courier.Services.Notifications;
using Courier.Wechat.Client.Callbacks;
using Courier.WechatGateway.Followers;

namespace Courier.WechatGateway.Outgoing;

/// <summary>A grant of a customer's.</summary>
internal sealed record Grant
{
    public required string OpenId { get; init; }
    public required string TemplateId { get; init; }
    public required long SendsLeft { get; init; }
    public required long IsPermanent { get; init; }
}

/// <summary>
/// Consent to subscribe messages, counted by us because WeChat tells nobody the number: one send an acceptance, or for good. It comes
/// from WeChat's events and from what the mini-program says that wx.requestSubscribeMessage returned; WeChat's 43101 ends it.
/// </summary>
internal sealed class GrantLedger(Db db, WechatOptions options, TimeProvider clock)
{
    private const int MostAhead = 100; // a report is a customer's word: more than this is nobody's reading

    private const string Accept =
        """
        update wechat_grants
        set sends_left = case when sends_left >= @most then sends_left else sends_left + 1 end, is_permanent = case when @permanent = 1 then 1 else is_permanent end, changed_at = @now
        where app_id = @appId and openid = @openId and template_id = @templateId
        """;

    private const string Clear =
        "update wechat_grants set sends_left = 0, is_permanent = 0, changed_at = @now where app_id = @appId and openid = @openId and template_id = @templateId";

    private const string Open =
        """
        select openid as OpenId, template_id as TemplateId, sends_left as SendsLeft, is_permanent as IsPermanent
        from wechat_grants
        where app_id = @appId and template_id = @templateId and openid in @openIds and (sends_left > 0 or is_permanent = 1)
        """;

    private const string Change =
        "update wechat_grants set sends_left = sends_left + @number where app_id = @appId and template_id = @templateId and openid in @openIds and is_permanent = 0";

    private const string OfOne =
        """
        select openid as OpenId, template_id as TemplateId, sends_left as SendsLeft, is_permanent as IsPermanent
        from wechat_grants
        where app_id = @appId and openid = @openId
        order by template_id
        """;

    private const string Sums =
        """
        select app_id as AppId, template_id as TemplateId, sum(sends_left) as SendsLeft, sum(is_permanent) as Permanent, count(*) as People
        from wechat_grants
        where sends_left > 0 or is_permanent = 1
        group by app_id, template_id
        order by app_id, template_id
        """;

    /// <summary>Counts what a customer chose, once for each report.</summary>
    /// <param name="who">Who.</param>
    /// <param name="choices">What was chosen for each template. A refusal while being asked takes nothing away: earlier acceptances stand.</param>
    /// <param name="isSettings">Was it chosen in the settings? Then a refusal ends all that was granted.</param>
    /// <param name="report">Alike for repetitions of the same report.</param>
    /// <param name="ct">Ends it.</param>
    public Task Chosen(FollowerName who, IReadOnlyList<SubscriptionChoice> choices, bool isSettings, string report, CancellationToken ct) => db.InTransaction(async tx =>
    {
        var now = clock.GetUtcNow();
        foreach (var choice in choices.Where(c => c.TemplateId.Length is > 0 and <= 128).DistinctBy(c => c.TemplateId)) // at most a handful
        {
            var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{who.AppId}:{report}:{choice.TemplateId}"))); // names nobody
            if (await tx.InsertRows("wechat_grant_reports", ["report_key", "at"], [[key, now]], ifAbsent: true, ct).ConfigureAwait(false) == 0) continue;
            var args = new { appId = who.AppId, openId = who.OpenId.Text, templateId = choice.TemplateId, now, most = MostAhead, permanent = IsPermanent(who.AppId, choice.TemplateId) ? 1 : 0 };
            if (choice.Accepted)
            {
                await tx.InsertRows("wechat_grants", ["app_id", "openid", "template_id", "changed_at"], [[args.appId, args.openId, args.templateId, now]], ifAbsent: true, ct).ConfigureAwait(false);
                await tx.Execute(Accept, args, ct).ConfigureAwait(false);
            }
            else if (isSettings)
            {
                await tx.Execute(Clear, args, ct).ConfigureAwait(false);
            }
        }
    }, ct);

    /// <summary>WeChat says that nothing is granted any more.</summary>
    public Task Ended(FollowerName who, string templateId, CancellationToken ct) =>
        db.Execute(Clear, new { appId = who.AppId, openId = who.OpenId.Text, templateId, now = clock.GetUtcNow() }, ct);

    /// <summary>A send that was taken and surely not made is granted again.</summary>
    public Task GiveBack(FollowerName who, string templateId, CancellationToken ct) =>
        db.Execute(Change, new { appId = who.AppId, templateId, openIds = new[] { who.OpenId.Text }, number = 1 }, ct);

    /// <summary>What one person has granted.</summary>
    public Task<IReadOnlyList<Grant>> Of(FollowerName who, CancellationToken ct) => db.Query<Grant>(OfOne, new { appId = who.AppId, openId = who.OpenId.Text }, ct);

    /// <summary>What is granted in all.</summary>
    public Task<IReadOnlyList<GrantSum>> All(CancellationToken ct) => db.Query<GrantSum>(Sums, ct: ct);

    /// <summary>Takes one send for a customer; false when nothing is granted. For a portion the first to ask takes for all.</summary>
    public async Task<bool> Take(Portion portion, string templateId, Func<Portion, Task<IReadOnlyList<FollowerName>>> wanted, FollowerName who)
    {
        var taken = await portion.Once((typeof(GrantLedger), who.AppId, templateId),
            async p => await TakeAll(p, who.AppId, templateId, await wanted(p).ConfigureAwait(false)).ConfigureAwait(false)).ConfigureAwait(false);
        return taken.TryGetValue(who.OpenId.Text, out var left) && left.TakeOne();
    }

    private async Task<ConcurrentDictionary<string, Allowance>> TakeAll(Portion portion, string appId, string templateId, IReadOnlyList<FollowerName> wanted)
    {
        var asked = wanted.Where(n => string.Equals(n.AppId, appId, StringComparison.Ordinal)).GroupBy(n => n.OpenId.Text).ToDictionary(g => g.Key, g => (long)g.Count());
        var taken = new ConcurrentDictionary<string, Allowance>();
        if (asked.Count == 0) return taken;
        await db.InTransaction(async tx =>
        {
            taken.Clear();
            var grants = await tx.Query<Grant>($"{Open} {tx.Dialect.ForUpdate}", new { appId, templateId, openIds = asked.Keys.ToList() }).ConfigureAwait(false);
            foreach (var grant in grants)
                taken[grant.OpenId] = new Allowance(grant.IsPermanent == 1 ? asked[grant.OpenId] : Math.Min(grant.SendsLeft, asked[grant.OpenId]));
            await Add(tx, appId, templateId, [.. taken.Select(t => (t.Key, -t.Value.Left))]).ConfigureAwait(false);
        }).ConfigureAwait(false);
        portion.AtEnd(ct => db.InTransaction(tx => Add(tx, appId, templateId, [.. taken.Where(t => t.Value.Left > 0).Select(t => (t.Key, t.Value.Left))]), ct));
        return taken;
    }

    private static async Task Add(Tx tx, string appId, string templateId, List<(string OpenId, long Number)> changes)
    {
        foreach (var alike in changes.GroupBy(c => c.Number)) // few: mostly one send each
            await tx.Execute(Change, new { appId, templateId, number = alike.Key, openIds = alike.Select(c => c.OpenId).ToList() }).ConfigureAwait(false);
    }

    private bool IsPermanent(string appId, string templateId) => options.SubscribeTemplates.Values.Any(byAccount =>
        byAccount.TryGetValue(appId, out var template) && template.IsPermanent && string.Equals(template.Id, templateId, StringComparison.Ordinal));
}

/// <summary>What is granted for a template in all.</summary>
internal sealed record GrantSum
{
    public required string AppId { get; init; }
    public required string TemplateId { get; init; }
    public required long SendsLeft { get; init; }
    public required long Permanent { get; init; }
    public required long People { get; init; }
}
