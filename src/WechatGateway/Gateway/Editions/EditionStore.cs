using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Editions;

namespace Courier.WechatGateway.Editions;

/// <summary>Which editions of a content matter now.</summary>
internal sealed record ContentHead
{
    public required EditionKind Kind { get; init; }

    public required string AppId { get; init; }

    /// <summary>The highest number given so far.</summary>
    public required long LastNumber { get; init; }

    /// <summary>The one that is written or reviewed; there is one at most.</summary>
    public string? OpenEdition { get; init; }

    /// <summary>The one that is to take effect.</summary>
    public string? PublishingEdition { get; init; }

    /// <summary>The one that customers see.</summary>
    public string? LiveEdition { get; init; }

    /// <summary>Its number; 0 for none.</summary>
    public required long LiveNumber { get; init; }
}

/// <summary>Loads and saves contents and their editions.</summary>
internal static class EditionStore
{
    private const string HeadColumns =
        """
        kind, app_id as AppId, last_number as LastNumber, open_edition as OpenEdition,
        publishing_edition as PublishingEdition, live_edition as LiveEdition, live_number as LiveNumber
        """;

    private const string HeadRow = $"select {HeadColumns} from wechat_contents where kind = @kind and app_id = @appId";

    private const string Publishing = $"select {HeadColumns} from wechat_contents where publishing_edition is not null";

    private const string WriteHead =
        """
        update wechat_contents
        set last_number = @LastNumber, open_edition = @OpenEdition, publishing_edition = @PublishingEdition,
            live_edition = @LiveEdition, live_number = @LiveNumber
        where kind = @Kind and app_id = @AppId
        """;

    private const string Columns =
        """
        id, kind, app_id as Owner, number, state, origin, based_on as BasedOn, content, authors, note, comment, problem,
        created_by as CreatedBy, created_at as CreatedAt, edited_by as EditedBy, edited_at as EditedAt,
        submitted_by as SubmittedBy, submitted_at as SubmittedAt, reviewed_by as ReviewedBy, reviewed_at as ReviewedAt,
        published_by as PublishedBy, published_at as PublishedAt, version
        """;

    private const string ByNumber = $"select {Columns} from wechat_editions where kind = @kind and app_id = @appId and number = @number";

    private const string ById = $"select {Columns} from wechat_editions where id = @id";

    private const string Add =
        """
        insert into wechat_editions (id, kind, app_id, number, state, origin, based_on, content, authors, note, comment, problem,
          created_by, created_at, edited_by, edited_at, submitted_by, submitted_at, reviewed_by, reviewed_at, published_by, published_at, version)
        values (@Id, @Kind, @Owner, @Number, @State, @Origin, @BasedOn, @Content, @Authors, @Note, @Comment, @Problem,
          @CreatedBy, @CreatedAt, @EditedBy, @EditedAt, @SubmittedBy, @SubmittedAt, @ReviewedBy, @ReviewedAt, @PublishedBy, @PublishedAt, @Version)
        """;

    private const string Change =
        """
        update wechat_editions
        set state = @State, based_on = @BasedOn, content = @Content, authors = @Authors, note = @Note, comment = @Comment, problem = @Problem,
            edited_by = @EditedBy, edited_at = @EditedAt, submitted_by = @SubmittedBy, submitted_at = @SubmittedAt,
            reviewed_by = @ReviewedBy, reviewed_at = @ReviewedAt, published_by = @PublishedBy, published_at = @PublishedAt, version = @Version + 1
        where id = @Id and version = @Version
        """;

    private const string TakeLease =
        """
        update wechat_contents
        set lease_owner = @owner, lease_until = @until
        where kind = @kind and app_id = @appId and lease_until <= @now
        """;

    private const string EndLease = "update wechat_contents set lease_owner = '', lease_until = 0 where kind = @kind and app_id = @appId and lease_owner = @owner";

    /// <summary>The content's head, which nobody else changes until the end of the transaction; a new content gets one.</summary>
    public static async Task<ContentHead> Lock(Tx tx, ContentName name, CancellationToken ct)
    {
        await tx.InsertRows("wechat_contents", ["kind", "app_id"], [[EnumText<EditionKind>.Of(name.Kind), name.AppId]], ifAbsent: true, ct).ConfigureAwait(false);
        return (await tx.First<ContentHead>($"{HeadRow} {tx.Dialect.ForUpdate}", Args(name), ct).ConfigureAwait(false))!;
    }

    /// <summary>The content's head; null when nothing was ever written.</summary>
    public static Task<ContentHead?> Head(ISqlReader db, ContentName name, CancellationToken ct) => db.First<ContentHead>(HeadRow, Args(name), ct);

    /// <summary>Contents of which an edition is to take effect.</summary>
    public static Task<IReadOnlyList<ContentHead>> Unfinished(ISqlReader db, CancellationToken ct) => db.Query<ContentHead>(Publishing, ct: ct);

    public static Task<Edition?> Load(ISqlReader db, ContentName name, long number, CancellationToken ct) =>
        db.First<Edition>(ByNumber, new { kind = name.Kind, appId = name.AppId, number }, ct);

    public static async Task<Edition?> Load(ISqlReader db, string? id, CancellationToken ct) =>
        id is null ? null : await db.First<Edition>(ById, new { id }, ct).ConfigureAwait(false);

    public static async Task Insert(Tx tx, ContentHead head, Edition edition, CancellationToken ct)
    {
        await tx.Execute(Add, edition, ct).ConfigureAwait(false);
        await tx.Execute(WriteHead, head with { LastNumber = edition.Number }, ct).ConfigureAwait(false);
    }

    /// <summary>Saves an edition and its content's head; the edition comes back with its new version.</summary>
    /// <exception cref="RuleBroken"><c>edition.changed</c>: it is not the version that was loaded.</exception>
    public static async Task<Edition> Save(Tx tx, ContentHead head, Edition edition, CancellationToken ct)
    {
        if (await tx.Execute(Change, edition, ct).ConfigureAwait(false) != 1) throw Edition.Refusal("edition.changed");
        await tx.Execute(WriteHead, head, ct).ConfigureAwait(false);
        return edition with { Version = edition.Version + 1 };
    }

    /// <summary>Takes the right to make the content hold outside; false while another process has it.</summary>
    public static async Task<bool> Acquire(Db db, ContentName name, string owner, DateTimeOffset now, TimeSpan time, CancellationToken ct) =>
        await db.Execute(TakeLease, new { kind = name.Kind, appId = name.AppId, owner, now, until = now + time }, ct).ConfigureAwait(false) == 1;

    public static Task Release(Db db, ContentName name, string owner) =>
        db.Execute(EndLease, new { kind = name.Kind, appId = name.AppId, owner });

    private static object Args(ContentName name) => new { kind = name.Kind, appId = name.AppId };
}
