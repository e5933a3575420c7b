using Courier.Kernel.Data;
using Courier.Services.Staff;

namespace Courier.Services.Rates;

/// <summary>The cards, for those who run the product.</summary>
public static class ListCards
{
    private const string Page =
        """
        select id as Id, name as Name, state as State, author as Author, created_at as CreatedAt
        from rates_cards
        where id < @before
        order by id desc
        limit @limit
        """;

    private const string Publications =
        """
        select id as Id, card_id as CardId, valid_from as ValidFrom, published_by as PublishedBy, published_at as PublishedAt, withdrawn_at as WithdrawnAt
        from rates_schedule
        where card_id in @cards
        order by published_at desc, id desc
        limit 500
        """;

    /// <summary>A page of them, the newest first.</summary>
    /// <param name="db">Where they lie.</param>
    /// <param name="before">Id of the last one of the page before; null for the first page.</param>
    /// <param name="limit">How many.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<IReadOnlyList<ListedCard>> Execute(ISqlReader db, string? before, int limit, CancellationToken ct)
    {
        var cards = await db.Query<CardRow>(Page, new { before = before ?? "~", limit }, ct).ConfigureAwait(false);
        if (cards.Count == 0) return [];
        var publications = (await db.Query<Publication>(Publications, new { cards = cards.Select(c => c.Id).ToList() }, ct).ConfigureAwait(false)).ToLookup(p => p.CardId);
        return [.. cards.Select(c => new ListedCard(c.Id, c.Name, c.State, StaffId.Parse(c.Author), c.CreatedAt, [.. publications[c.Id]]))];
    }

    /// <summary>The files of a card, by name; empty when there is no such card.</summary>
    public static Task<IReadOnlyDictionary<string, string>> Files(ISqlReader db, string id, CancellationToken ct) => CardStore.Files(db, id, ct);

    /// <summary>What a card has otherwise than the one that is in force after all that is planned; null when there is no such card.</summary>
    /// <param name="db">Where they lie.</param>
    /// <param name="book">Which is live.</param>
    /// <param name="id">The card.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<IReadOnlyList<CardChange>?> Changes(ISqlReader db, RateBook book, string id, CancellationToken ct)
    {
        var files = await CardStore.Files(db, id, ct).ConfigureAwait(false);
        if (files.Count == 0) return null;
        var live = await CardStore.Files(db, (await book.Latest(ct).ConfigureAwait(false)).Id, ct).ConfigureAwait(false);
        return CardDifference.Of(live, files);
    }

    private sealed record CardRow
    {
        public required string Id { get; init; }
        public required string Name { get; init; }
        public required CardState State { get; init; }
        public required string Author { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
    }
}

/// <summary>A card in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="State">How far it is.</param>
/// <param name="Author">Who imported it.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="Publications">When it was put in force, the latest first.</param>
public sealed record ListedCard(string Id, string Name, CardState State, StaffId Author, DateTimeOffset CreatedAt, IReadOnlyList<Publication> Publications);

/// <summary>From when on a card holds.</summary>
public sealed record Publication
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The card.</summary>
    public required string CardId { get; init; }

    /// <summary>From when on.</summary>
    public required DateTimeOffset ValidFrom { get; init; }

    /// <summary>Who published it.</summary>
    public required StaffId PublishedBy { get; init; }

    /// <summary>When that was done.</summary>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>When it was taken back; null when it was not.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }
}
