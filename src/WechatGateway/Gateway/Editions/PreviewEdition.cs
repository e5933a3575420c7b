using Courier.Kernel.Data;
using Courier.Services.Editions;
using Courier.WechatGateway.Keywords;
using Courier.WechatGateway.Menu;

namespace Courier.WechatGateway.Editions;

/// <summary>A menu as a phone shows it before it is published, in WeChat's own names.</summary>
/// <param name="Title">Which edition it is.</param>
/// <param name="Button">The entries at the top.</param>
/// <param name="Phone">The sandbox's phone page, where this process has one; null otherwise.</param>
internal sealed record PreviewedMenu(string Title, IReadOnlyList<PreviewedButton> Button, string? Phone);

/// <summary>An entry of it.</summary>
#pragma warning disable IDE1006 // WeChat's names
internal sealed record PreviewedButton(string name, string? type, string? key, string? url, string? appid, string? pagepath, IReadOnlyList<PreviewedButton> sub_button);
#pragma warning restore IDE1006

/// <summary>What a draft looks like and answers, before anything is published: nothing is sent, done or counted.</summary>
internal sealed class PreviewEdition(Db db, WechatOptions options, WechatAccounts accounts, KeywordTable table, PreviewAnswers answers)
{
    /// <summary>The menu of the edition; for a keyword table the live one of an account.</summary>
    /// <param name="edition">What is looked at.</param>
    /// <param name="appId">As a follower of which account; null for the first official one.</param>
    /// <param name="tag">As a follower with this tag; null for none.</param>
    /// <param name="ct">Ends the command.</param>
    public async Task<PreviewedMenu> Show(Edition edition, string? appId, long? tag, CancellationToken ct)
    {
        var shown = ContentName.Of(edition).Kind == EditionKind.Menu ? edition
            : await LiveMenu(AccountOf(edition, appId), ct).ConfigureAwait(false);
        var menus = shown is null ? new MenuContent() : MenuContent.Read(shown.Content);
        var entries = menus.Personal.FirstOrDefault(p => p.TagId == tag)?.Entries ?? menus.Default;
        return new(Texts.PreviewTitle(edition), [.. entries.Select(Button)],
            options.ApiBaseUrl.StartsWith("/sandbox/", StringComparison.Ordinal) ? "/sandbox/phone" : null);
    }

    /// <summary>What it would answer to a text or to a tap.</summary>
    public async Task<string> Say(Edition edition, string? appId, long? tag, string? text, string? key, CancellationToken ct)
    {
        var rows = ContentName.Of(edition).Kind == EditionKind.Keywords ? KeywordsContent.Read(edition.Content).Rows : await table.Rows(ct).ConfigureAwait(false);
        IReadOnlySet<long> mine = tag is { } id ? new HashSet<long> { id } : new HashSet<long>();
        var account = AccountOf(edition, appId);
        return key is { Length: > 0 } ? answers.ToClick(rows, account, mine, key) : answers.ToText(rows, account, mine, text ?? "");
    }

    private string AccountOf(Edition edition, string? appId) =>
        ContentName.Of(edition).Kind == EditionKind.Menu ? edition.Owner
        : appId is { Length: > 0 } ? appId
        : accounts.All.FirstOrDefault(a => a.Kind == AccountKind.OfficialAccount)?.AppId ?? "";

    private async Task<Edition?> LiveMenu(string appId, CancellationToken ct) =>
        await EditionStore.Head(db, new ContentName(EditionKind.Menu, appId), ct).ConfigureAwait(false) is { } head
            ? await EditionStore.Load(db, head.LiveEdition, ct).ConfigureAwait(false)
            : null;

    private static PreviewedButton Button(MenuEntry entry)
    {
        var button = MenuButtons.Of([entry])[0];
        return new(button.Name, button.Type, button.Key, button.Url, button.AppId, button.PagePath, [.. entry.Children.Select(Button)]);
    }
}
