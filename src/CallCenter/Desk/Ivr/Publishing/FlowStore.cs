using Courier.Kernel.Data;
using Courier.Services.Editions;

namespace Courier.CallCenter.Ivr;

/// <summary>Which editions of a flow matter now.</summary>
internal sealed record FlowHead
{
    /// <summary>The flow.</summary>
    public required string Name { get; init; }

    /// <summary>The highest number given so far.</summary>
    public required long LastNumber { get; init; }

    /// <summary>Number of the one that is written or reviewed; 0 for none.</summary>
    public required long OpenNumber { get; init; }

    /// <summary>Number of the one that callers go through; 0 for none.</summary>
    public required long LiveNumber { get; init; }
}

/// <summary>Loads and saves flows and their editions.</summary>
internal static class FlowStore
{
    /// <summary>What kind of editions these are.</summary>
    public const string Kind = "flow";

    private const string HeadColumns = "select name as Name, last_number as LastNumber, open_number as OpenNumber, live_number as LiveNumber from calls_flows";

    private const string WriteHead = "update calls_flows set last_number = @LastNumber, open_number = @OpenNumber, live_number = @LiveNumber where name = @Name";

    private const string Life =
        """
        state, origin, based_on as BasedOn, authors, note, comment, problem, created_by as CreatedBy, created_at as CreatedAt,
        edited_by as EditedBy, edited_at as EditedAt, submitted_by as SubmittedBy, submitted_at as SubmittedAt, reviewed_by as ReviewedBy,
        reviewed_at as ReviewedAt, published_by as PublishedBy, published_at as PublishedAt, version
        """;

    private const string One = $"select id, 'flow' as Kind, flow as Owner, number, content, {Life} from calls_flow_editions where flow = @flow and number = @number";

    private const string Page = $"select id, 'flow' as Kind, flow as Owner, number, '' as Content, {Life} from calls_flow_editions where flow = @flow and number < @before order by number desc limit @limit";

    private const string Add =
        """
        insert into calls_flow_editions (id, flow, number, state, origin, based_on, content, authors, note, comment, problem,
          created_by, created_at, edited_by, edited_at, submitted_by, submitted_at, reviewed_by, reviewed_at, published_by, published_at, version)
        values (@Id, @Owner, @Number, @State, @Origin, @BasedOn, @Content, @Authors, @Note, @Comment, @Problem,
          @CreatedBy, @CreatedAt, @EditedBy, @EditedAt, @SubmittedBy, @SubmittedAt, @ReviewedBy, @ReviewedAt, @PublishedBy, @PublishedAt, @Version)
        """;

    private const string Change =
        """
        update calls_flow_editions
        set state = @State, based_on = @BasedOn, content = @Content, authors = @Authors, note = @Note, comment = @Comment, problem = @Problem,
            edited_by = @EditedBy, edited_at = @EditedAt, submitted_by = @SubmittedBy, submitted_at = @SubmittedAt,
            reviewed_by = @ReviewedBy, reviewed_at = @ReviewedAt, published_by = @PublishedBy, published_at = @PublishedAt, version = @Version + 1
        where id = @Id and version = @Version
        """;

    /// <summary>All flows.</summary>
    public static Task<IReadOnlyList<FlowHead>> All(ISqlReader db, CancellationToken ct) => db.Query<FlowHead>(HeadColumns + " order by name", ct: ct);

    /// <summary>One flow; null when nothing was ever written.</summary>
    public static Task<FlowHead?> Head(ISqlReader db, string flow, CancellationToken ct) => db.First<FlowHead>(HeadColumns + " where name = @flow", new { flow }, ct);

    /// <summary>The flow, which nobody else changes until the end of the transaction; null when there is none.</summary>
    public static Task<FlowHead?> Lock(Tx tx, string flow, CancellationToken ct) =>
        tx.First<FlowHead>($"{HeadColumns} where name = @flow {tx.Dialect.ForUpdate}", new { flow }, ct);

    /// <summary>Begins a flow; false when it is there already.</summary>
    public static async Task<bool> Begin(Tx tx, string flow, CancellationToken ct) =>
        await tx.InsertRows("calls_flows", ["name", "last_number", "open_number", "live_number"], [[flow, 0L, 0L, 0L]], ifAbsent: true, ct).ConfigureAwait(false) == 1;

    /// <summary>An edition; null when there is none.</summary>
    public static Task<Edition?> Load(ISqlReader db, string flow, long number, CancellationToken ct) => db.First<Edition>(One, new { flow, number }, ct);

    /// <summary>Editions without their contents, the newest first.</summary>
    public static Task<IReadOnlyList<Edition>> List(ISqlReader db, string flow, long before, int limit, CancellationToken ct) => db.Query<Edition>(Page, new { flow, before, limit }, ct);

    /// <summary>Writes a new edition with its flow.</summary>
    public static async Task Insert(Tx tx, FlowHead head, Edition edition, CancellationToken ct)
    {
        await tx.Execute(Add, edition, ct).ConfigureAwait(false);
        await tx.Execute(WriteHead, head with { LastNumber = edition.Number }, ct).ConfigureAwait(false);
    }

    /// <summary>Saves an edition with its flow.</summary>
    /// <exception cref="Kernel.RuleBroken"><c>edition.changed</c>: it is not the version that was loaded.</exception>
    public static async Task Save(Tx tx, FlowHead head, Edition edition, CancellationToken ct)
    {
        if (await tx.Execute(Change, edition, ct).ConfigureAwait(false) != 1) throw Edition.Refusal("edition.changed");
        await tx.Execute(WriteHead, head, ct).ConfigureAwait(false);
    }
}
