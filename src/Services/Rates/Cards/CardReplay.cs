namespace Courier.Services.Rates;

/// <summary>What a new card would have meant for past orders.</summary>
/// <param name="From">The orders since then.</param>
/// <param name="Until">The orders until then.</param>
/// <param name="Orders">How many.</param>
/// <param name="PaidFen">What they really paid, fen, all together.</param>
/// <param name="BeforeFen">What those that both cards carry cost by the live card, fen.</param>
/// <param name="AfterFen">What the same ones cost by the new card, fen.</param>
/// <param name="Dearer">How many cost more.</param>
/// <param name="Same">How many cost the same.</param>
/// <param name="Cheaper">How many cost less.</param>
/// <param name="NotCarried">How many the new card does not carry any more.</param>
/// <param name="NewlyCarried">How many only the new card carries.</param>
/// <param name="Bands">How many changed by how much, from the greatest fall to the greatest rise.</param>
/// <param name="Products">The same by product.</param>
/// <param name="Biggest">The orders with the biggest changes, those that are not carried any more first.</param>
public sealed record ReplayReport(
    DateTimeOffset From, DateTimeOffset Until, int Orders, long PaidFen, long BeforeFen, long AfterFen, int Dearer, int Same, int Cheaper, int NotCarried, int NewlyCarried,
    IReadOnlyList<ReplayBand> Bands, IReadOnlyList<ReplayedProduct> Products, IReadOnlyList<ReplayedOrder> Biggest);

/// <summary>How many prices changed by so much.</summary>
/// <param name="Change">As people read it: <c>涨5%至10%</c>.</param>
/// <param name="Orders">How many.</param>
public sealed record ReplayBand(string Change, int Orders);

/// <summary>What the card means for one product.</summary>
/// <param name="Product">Product code.</param>
/// <param name="Orders">How many orders.</param>
/// <param name="BeforeFen">By the live card, fen.</param>
/// <param name="AfterFen">By the new card, fen.</param>
public sealed record ReplayedProduct(string Product, int Orders, long BeforeFen, long AfterFen);

/// <summary>One order, by both cards.</summary>
/// <param name="Product">Product code.</param>
/// <param name="Request">What it was; without anybody's data.</param>
/// <param name="BeforeFen">By the live card, fen.</param>
/// <param name="AfterFen">By the new card, fen; null when it is not carried any more.</param>
/// <param name="Before">The lines by the live card.</param>
/// <param name="After">The lines by the new card.</param>
public sealed record ReplayedOrder(string Product, QuoteRequest Request, long BeforeFen, long? AfterFen, IReadOnlyList<QuoteLine> Before, IReadOnlyList<QuoteLine> After);

/// <summary>Computes requests by two cards and gathers what differs. No I/O; the biggest changes alone are put into lines.</summary>
internal sealed class CardReplay(RateCard before, RateCard after)
{
    private const int MostShown = 20;

    // A fall by more than so many percent; rises mirror them.
    private static readonly int[] Ends = [-20, -10, -5, 0];

    private readonly int[] _bands = new int[2 * Ends.Length + 1];
    private readonly Dictionary<string, (int Orders, long Before, long After)> _products = new(StringComparer.Ordinal);
    private readonly PriorityQueue<(string Product, QuoteRequest Request), long> _biggest = new();
    private long _paid, _before, _after;
    private int _dearer, _same, _cheaper, _notCarried, _newlyCarried;

    public int Count { get; private set; }

    public void Add(string product, QuoteRequest request, long paidFen)
    {
        Count++;
        _paid += paidFen;
        switch (Quotation.TotalOf(before, product, request), Quotation.TotalOf(after, product, request))
        {
            case ({ } was, { } now): Compare(product, request, was, now); break;
            case ({ }, null):
                _notCarried++;
                Show(product, request, long.MaxValue);
                break;
            case (null, { }): _newlyCarried++; break;
            case (null, null): break; // carried by neither: what it was sold by is gone already
        }
    }

    public ReplayReport Report(DateTimeOffset from, DateTimeOffset until) => new(
        from, until, Count, _paid, _before, _after, _dearer, _same, _cheaper, _notCarried, _newlyCarried,
        [.. _bands.Select((n, i) => new ReplayBand(Texts.Band(i, Ends), n))],
        [.. _products.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => new ReplayedProduct(p.Key, p.Value.Orders, p.Value.Before, p.Value.After))],
        [.. _biggest.UnorderedItems.OrderByDescending(i => i.Priority).Select(i => Order(i.Element.Product, i.Element.Request))]);

    private void Compare(string product, QuoteRequest request, long was, long now)
    {
        (_before, _after) = (_before + was, _after + now);
        var known = _products.GetValueOrDefault(product);
        _products[product] = (known.Orders + 1, known.Before + was, known.After + now);
        if (now == was) _same++;
        else if (now > was) _dearer++;
        else _cheaper++;
        _bands[BandOf(was, now)]++;
        if (now != was) Show(product, request, Math.Abs(now - was));
    }

    // Falls are the first bands, "unchanged" the middle one, rises the last ones, mirrored.
    private static int BandOf(long was, long now)
    {
        if (now == was) return Ends.Length;
        var percent = was == 0 ? 100 : Math.Abs(now - was) * 100.0 / was;
        var step = Array.FindIndex(Ends, e => percent > -e);
        return now < was ? step : 2 * Ends.Length - step;
    }

    private void Show(string product, QuoteRequest request, long weight)
    {
        _biggest.Enqueue((product, request), weight);
        if (_biggest.Count > MostShown) _biggest.Dequeue();
    }

    private ReplayedOrder Order(string product, QuoteRequest request)
    {
        var (was, now) = (Quotation.OfProduct(before, product, request), Quotation.OfProduct(after, product, request));
        return new ReplayedOrder(product, request, was?.TotalFen ?? 0, now?.TotalFen, was?.Lines ?? [], now?.Lines ?? []);
    }
}
