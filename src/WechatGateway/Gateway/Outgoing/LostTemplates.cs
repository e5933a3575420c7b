using System.Collections.Concurrent;
using Courier.Kernel.Data;
using Courier.Services.Notifications;

namespace Courier.WechatGateway.Outgoing;

/// <summary>A template that WeChat does not know.</summary>
internal sealed record LostTemplate
{
    public required string AppId { get; init; }
    public required string TemplateId { get; init; }
    public required DateTimeOffset LostAt { get; init; }
    public required DateTimeOffset RetryAt { get; init; }
}

/// <summary>
/// Remembers templates that WeChat refused with 40037, so that not every message tries them: again after an hour, or at once under
/// another id in the configuration.
/// </summary>
internal sealed class LostTemplates(Db db, TimeProvider clock)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromHours(1);
    private static readonly string[] Columns = ["app_id", "template_id", "lost_at", "retry_at"];

    private const string Read =
        "select app_id as AppId, template_id as TemplateId, lost_at as LostAt, retry_at as RetryAt from wechat_lost_templates where retry_at > @now order by app_id, template_id";

    /// <summary>Those that are not tried at the moment.</summary>
    public Task<IReadOnlyList<LostTemplate>> All(CancellationToken ct) => db.Query<LostTemplate>(Read, new { now = clock.GetUtcNow() }, ct);

    /// <summary>Is this one not to be tried?</summary>
    public async Task<bool> Has(Portion portion, string appId, string templateId) =>
        (await Known(portion).ConfigureAwait(false)).ContainsKey((appId, templateId));

    /// <summary>WeChat does not know it.</summary>
    public async Task Lose(Portion portion, string appId, string templateId, CancellationToken ct)
    {
        var known = await Known(portion).ConfigureAwait(false);
        if (!known.TryAdd((appId, templateId), true)) return; // another message of the portion has told it
        var now = clock.GetUtcNow();
        await db.InTransaction(tx => tx.UpsertRows("wechat_lost_templates", Columns, [[appId, templateId, now, now + RetryAfter]],
            "app_id, template_id", ["lost_at", "retry_at"], ct), ct).ConfigureAwait(false);
    }

    private Task<ConcurrentDictionary<(string AppId, string TemplateId), bool>> Known(Portion portion) => portion.Once(typeof(LostTemplates), async _ =>
        new ConcurrentDictionary<(string, string), bool>((await All(CancellationToken.None).ConfigureAwait(false))
            .Select(t => new KeyValuePair<(string, string), bool>((t.AppId, t.TemplateId), true))));
}
