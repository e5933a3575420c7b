using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Modules;
using Courier.Services.Editions;
using Courier.Services.Staff;
using Courier.WechatGateway.Keywords;
using Courier.WechatGateway.Menu;

namespace Courier.WechatGateway.Editions;

/// <summary>
/// The first edition of each content: the menus of the settings, and the words that the product starts with. From then on the
/// contents belong to the operators. A menu counts as published once WeChat has it.
/// </summary>
internal sealed class FirstEditions(Db db, TimeProvider clock, ChangeEdition change, WechatOptions options, DefaultKeywords keywords) : IStartupTask
{
    public async Task Run(CancellationToken ct)
    {
        var words = new ContentName(EditionKind.Keywords, "");
        if (await IsNew(words, ct).ConfigureAwait(false))
            await Begin(words, KeywordsContent.Write(await keywords.Rows(ct).ConfigureAwait(false)), EditionState.Published, ct).ConfigureAwait(false);
        foreach (var (appId, menu) in options.Menus)
        {
            var name = new ContentName(EditionKind.Menu, appId);
            if (change.ContentOf(name) is not null && await IsNew(name, ct).ConfigureAwait(false))
                await Begin(name, MenuContent.Write(new MenuContent { Default = menu }), EditionState.Publishing, ct).ConfigureAwait(false);
        }
    }

    private async Task<bool> IsNew(ContentName name, CancellationToken ct) =>
        await EditionStore.Head(db, name, ct).ConfigureAwait(false) is null or { LastNumber: 0 };

    private Task Begin(ContentName name, string content, EditionState state, CancellationToken ct) => db.InTransaction(async tx =>
    {
        var head = await EditionStore.Lock(tx, name, ct).ConfigureAwait(false);
        if (head.LastNumber > 0) return; // another process was quicker
        var now = clock.GetUtcNow();
        var first = Edition.New(Ids.New(clock), EnumText<EditionKind>.Of(name.Kind), name.AppId, 1, content, StaffId.System, now) with
        {
            State = state, Origin = EditionOrigin.Configuration, PublishedBy = StaffId.System, PublishedAt = state == EditionState.Published ? now : null,
        };
        var after = state == EditionState.Published ? head with { LiveEdition = first.Id, LiveNumber = 1 } : head with { PublishingEdition = first.Id };
        await EditionStore.Insert(tx, after, first, ct).ConfigureAwait(false);
        await change.Note(tx, first, "begun", Texts.FromSettings, StaffId.System, ct).ConfigureAwait(false);
    }, ct);
}
