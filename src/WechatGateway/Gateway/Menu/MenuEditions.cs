using Courier.Services.Editions;
using Courier.WechatGateway.Commands;
using Courier.WechatGateway.Editions;
using Courier.WechatGateway.Keywords;
using Courier.WechatGateway.Tags;

namespace Courier.WechatGateway.Menu;

/// <summary>What an edition of an account's menus is: what may stand in it, and how WeChat gets it.</summary>
internal sealed class MenuEditions(WechatAccounts accounts, FollowerTags tags, ChatCommands commands, KeywordTable keywords, PutMenu put) : IEditionContent
{
    public EditionKind Kind => EditionKind.Menu;

    public bool Knows(string appId) => accounts.TryFind(appId, out var account) && account.Kind == AccountKind.OfficialAccount;

    public string Normal(string json) => MenuContent.Write(MenuContent.Read(json));

    public async Task<IReadOnlyList<ContentProblem>> Problems(string appId, string content, CancellationToken ct)
    {
        var menus = MenuContent.Read(content);
        var problems = OfEntries("default", menus.Default).ToList();
        var known = (await tags.All(appId, ct).ConfigureAwait(false)).Select(t => t.TagId).ToHashSet();
        for (var i = 0; i < menus.Personal.Count; i++)
        {
            var (path, personal) = (FormattableString.Invariant($"personal/{i}"), menus.Personal[i]);
            if (!known.Contains(personal.TagId)) problems.Add(new(path, "tagId", Texts.TagUnknown));
            if (menus.Personal.Take(i).Any(p => p.TagId == personal.TagId)) problems.Add(new(path, "tagId", Texts.TagTwice));
            problems.AddRange(OfEntries($"{path}/entries", personal.Entries));
        }
        await foreach (var problem in Unanswered(appId, menus, ct).ConfigureAwait(false)) problems.Add(problem);
        return problems;
    }

    public async Task<IReadOnlyList<string>> Lines(string appId, string content, CancellationToken ct)
    {
        var menus = MenuContent.Read(content);
        var names = menus.Personal.Count == 0 ? [] : (await tags.All(appId, ct).ConfigureAwait(false)).ToDictionary(t => t.TagId, t => t.Name);
        return [Texts.Everybody, .. menus.Default.SelectMany(Lines),
            .. menus.Personal.SelectMany(p => Lines(p.Entries).Prepend(Texts.ForTag(names.GetValueOrDefault(p.TagId) ?? FormattableString.Invariant($"{p.TagId}"))))];
    }

    public IEnumerable<string> Counted(string content)
    {
        var menus = MenuContent.Read(content);
        return menus.Personal.SelectMany(p => p.Entries).Concat(menus.Default).SelectMany(e => e.Children.Prepend(e))
            .Select(e => e.Type switch { MenuEntryType.View => e.Url, MenuEntryType.MiniProgram => e.PagePath, _ => e.Key });
    }

    public bool NeedsTag(string content, string appId, long tagId) => MenuContent.Read(content).Personal.Any(p => p.TagId == tagId);

    public Task Deliver(string appId, string content, CancellationToken ct) =>
        accounts.TryFind(appId, out var account) ? put.Exactly(account, MenuContent.Read(content), ct) : Task.CompletedTask;

    public void Forget()
    {
        // WeChat has the menu; nothing of it is kept here
    }

    private static IEnumerable<ContentProblem> OfEntries(string path, IReadOnlyList<MenuEntry> entries) =>
        from breach in MenuLimits.BreachesOf(entries)
        let words = Texts.Of(breach)
        select new ContentProblem(PathOf(path, breach.Path), words.Field, words.Message);

    private async IAsyncEnumerable<ContentProblem> Unanswered(string appId, MenuContent menus, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var (path, entry) in Clicks("default", menus.Default).Concat(menus.Personal.SelectMany((p, i) => Clicks(FormattableString.Invariant($"personal/{i}/entries"), p.Entries))))
            if (commands.Find(entry.Key) is null && !await keywords.Knows(appId, entry.Key, ct).ConfigureAwait(false))
                yield return new(path, "key", Texts.KeyAnswersNothing, IsWarning: true);
    }

    private static IEnumerable<(string Path, MenuEntry Entry)> Clicks(string path, IReadOnlyList<MenuEntry> entries) =>
        entries.SelectMany((top, t) => top.Children.Count == 0
                ? [(Path: PathOf(path, [t]), Entry: top)]
                : top.Children.Select((sub, s) => (Path: PathOf(path, [t, s]), Entry: sub)))
            .Where(e => e.Entry.Type == MenuEntryType.Click && e.Entry.Key.Length > 0);

    private static string PathOf(string path, IReadOnlyList<int> places) => places switch
    {
        [] => path,
        [var top] => FormattableString.Invariant($"{path}/{top}"),
        [var top, var sub, ..] => FormattableString.Invariant($"{path}/{top}/children/{sub}"),
    };

    private static IEnumerable<string> Lines(IReadOnlyList<MenuEntry> entries) => entries.SelectMany(Lines);

    private static IEnumerable<string> Lines(MenuEntry top) => top.Children.Count == 0
        ? [Line(top)]
        : top.Children.Select(sub => "　" + Line(sub)).Prepend(top.Name);

    private static string Line(MenuEntry entry) => entry.Type switch
    {
        MenuEntryType.View => $"{entry.Name}｜{Texts.TypeOf(entry.Type)}｜{entry.Url}",
        MenuEntryType.MiniProgram => $"{entry.Name}｜{Texts.TypeOf(entry.Type)}｜{entry.AppId} {entry.PagePath}｜{entry.Url}",
        MenuEntryType.Click or MenuEntryType.ScanCodePush or MenuEntryType.ScanCodeWait or MenuEntryType.Camera or MenuEntryType.CameraOrAlbum
            or MenuEntryType.WechatAlbum or MenuEntryType.Location => $"{entry.Name}｜{Texts.TypeOf(entry.Type)}｜{entry.Key}",
    };
}
