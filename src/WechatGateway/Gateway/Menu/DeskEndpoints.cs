using Courier.Http;
using Courier.Kernel.Data;
using Courier.Services.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.WechatGateway.Menu;

/// <summary>What operators see and do about menus and keywords, on the desk's pages.</summary>
internal static class DeskEndpoints
{
    // The counters are flushed rows: one sum a keyword.
    private const string Keywords =
        """
        select k.app_id as AppId, k.word as Keyword, k.match_kind as MatchKind, k.command, k.reply, k.guide, k.enabled,
               coalesce(sum(u.uses), 0) as Hits, max(u.counted_at) as LastHitAt
        from wechat_keywords k
        left join wechat_usage u on u.subject = 'keyword' and u.item = k.word and (k.app_id = '' or u.app_id = k.app_id)
        group by k.id, k.app_id, k.word, k.match_kind, k.command, k.reply, k.guide, k.enabled
        order by 8 desc, k.word
        limit 500
        """;

    public static void MapDesk(this IEndpointRouteBuilder endpoints)
    {
        var wechat = endpoints.MapGroup("/api/desk/v1/wechat");
        wechat.MapGet("/keywords", ListKeywords).ForStaff("admin", "operator", "supervisor");
        wechat.MapGet("/menus", ListMenus).ForStaff("admin", "operator");
        wechat.MapPost("/menus/{appId}/publish", Publish).ForStaff("admin", "operator");
    }

    private static async Task<Ok<ListOf<KeywordUse>>> ListKeywords(Db db, CancellationToken ct) => TypedResults.Ok(
        new ListOf<KeywordUse>([.. (await db.Query<KeywordRow>(Keywords, ct: ct).ConfigureAwait(false)).Select(r => r.Shown())]));

    private static async Task<Ok<ListOf<ShownMenu>>> ListMenus(PublishMenu publish, CancellationToken ct) => TypedResults.Ok(
        new ListOf<ShownMenu>([.. (await publish.States(ct).ConfigureAwait(false)).Select(ShownMenu.From)]));

    private static async Task<Results<Ok<ShownMenu>, NotFound>> Publish(
        string appId, PublishMenu publish, CurrentStaff me, Db db, TimeProvider clock, CancellationToken ct)
    {
        if (await publish.Execute(appId, ct).ConfigureAwait(false) is not { } state) return TypedResults.NotFound();
        await db.InTransaction(tx => Audit.Record(tx, clock, StaffId.Parse(me.Id), "wechat.menu_published", $"wechat_account:{appId}", null, ct), ct).ConfigureAwait(false);
        return TypedResults.Ok(ShownMenu.From(state));
    }

    private sealed record KeywordRow
    {
        public required string AppId { get; init; }
        public required string Keyword { get; init; }
        public required string MatchKind { get; init; }
        public required string Command { get; init; }
        public required string Reply { get; init; }
        public required string Guide { get; init; }
        public required long Enabled { get; init; }
        public required long Hits { get; init; }
        public required long? LastHitAt { get; init; }

        public KeywordUse Shown() => new(AppId, Keyword, MatchKind, Guide.Length > 0 ? Guide : Command.Length > 0 ? Command : Reply, Hits,
            LastHitAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at).ToOffset(TimeSpan.FromHours(8)) : null, Enabled == 1);
    }
}

/// <summary>A list in an answer.</summary>
internal sealed record ListOf<T>(IReadOnlyList<T> Items);

/// <summary>A keyword and how often it was used.</summary>
internal sealed record KeywordUse(string AppId, string Keyword, string Match, string Title, long Hits, DateTimeOffset? LastHitAt, bool Enabled);

/// <summary>A menu as the desk shows it.</summary>
internal sealed record ShownMenu(string AppId, MenuState State, DateTimeOffset? PublishedAt, string? Problem, IReadOnlyList<ShownButton> Buttons)
{
    public static ShownMenu From(AccountMenuState menu) => new(menu.AppId, menu.State, menu.PublishedAt?.ToOffset(TimeSpan.FromHours(8)), menu.Problem, [.. menu.Entries.Select(ShownButton.From)]);
}

/// <summary>A menu entry as the desk shows it.</summary>
internal sealed record ShownButton(string Name, string? Type, string? Key, string? Url, IReadOnlyList<ShownButton> Children)
{
    public static ShownButton From(MenuEntry entry) => new(entry.Name, entry.Children.Count > 0 ? null : EnumText<MenuEntryType>.Of(entry.Type),
        entry.Key.Length > 0 ? entry.Key : null, entry.Url.Length > 0 ? entry.Url : null, [.. entry.Children.Select(From)]);
}
