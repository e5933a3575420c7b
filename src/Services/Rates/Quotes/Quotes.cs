using System.Text.Json;
using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Services.Rates;

/// <summary>The quotes that were given.</summary>
public static class Quotes
{
    private const string Columns = "id as Id, card_id as CardId, request as Request, options as Options, created_at as CreatedAt, valid_until as ValidUntil";

    private const string Select = $"select {Columns} from rates_quotes where id = @id";

    private const string SelectAll = $"select {Columns} from rates_quotes where id in @ids";

    private const string Accepted = "select card_id as CardId, request as Request from rates_accepted where quote_id = @id";

    private const string Insert =
        """
        insert into rates_quotes (id, card_id, request, options, created_at, valid_until)
        values (@id, @CardId, @request, @options, @CreatedAt, @ValidUntil)
        """;

    /// <summary>A quote, valid or not; null when there is none, or none any more (it is forgotten a day after its end).</summary>
    public static async Task<StoredQuote?> Find(ISqlReader db, QuoteId id, CancellationToken ct) =>
        await db.First<Row>(Select, new { id = id.Text }, ct).ConfigureAwait(false) is { } row ? row.Quote() : null;

    /// <summary>Card and request of a quote; it is forgotten a day after its end, and what an order took of it is kept. Null when there is neither.</summary>
    internal static async Task<(string CardId, QuoteRequest Request)?> Taken(ISqlReader db, QuoteId id, CancellationToken ct)
    {
        if (await Find(db, id, ct).ConfigureAwait(false) is { } given) return (given.CardId, given.Request);
        if (await db.First<AcceptedRow>(Accepted, new { id = id.Text }, ct).ConfigureAwait(false) is not { } kept) return null;
        return (kept.CardId, JsonSerializer.Deserialize<QuoteRequest>(kept.Request, KernelJson.Options)!);
    }

    internal static async Task<IReadOnlyList<StoredQuote>> FindAll(ISqlReader db, IEnumerable<QuoteId> ids, CancellationToken ct) =>
        [.. (await db.Query<Row>(SelectAll, new { ids = ids.Select(i => i.Text).ToList() }, ct).ConfigureAwait(false)).Select(r => r.Quote())];

    internal static Task Keep(Db db, StoredQuote quote, CancellationToken ct) => db.Execute(Insert, new
    {
        id = quote.Id.Text, quote.CardId, request = Json(quote.Request), options = Json(quote.Options), quote.CreatedAt, quote.ValidUntil,
    }, ct);

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, KernelJson.Options);

    private sealed record AcceptedRow
    {
        public required string CardId { get; init; }
        public required string Request { get; init; }
    }

    private sealed record Row
    {
        public required string Id { get; init; }
        public required string CardId { get; init; }
        public required string Request { get; init; }
        public required string Options { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
        public required DateTimeOffset ValidUntil { get; init; }

        public StoredQuote Quote() => new(
            QuoteId.Parse(Id), CardId, JsonSerializer.Deserialize<QuoteRequest>(Request, KernelJson.Options)!,
            JsonSerializer.Deserialize<List<QuoteOption>>(Options, KernelJson.Options)!, CreatedAt, ValidUntil);
    }
}
