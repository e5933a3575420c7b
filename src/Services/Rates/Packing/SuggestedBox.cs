namespace Courier.Services.Rates;

/// <summary>Which packaging of the card suits what is to be packed.</summary>
/// <param name="Item">The packaging.</param>
/// <param name="Parcels">How many of them are needed.</param>
/// <param name="ParcelGrams">What one parcel then weighs, packaging included, grams.</param>
public sealed record SuggestedBox(PackagingItem Item, long Parcels, long ParcelGrams)
{
    private const long Padding = 10;

    /// <summary>The smallest packaging that everything fits into with its padding; the largest, several times, when none does; null when not even one piece fits into any.</summary>
    /// <param name="card">What is sold.</param>
    /// <param name="task">What is packed.</param>
    public static SuggestedBox? For(RateCard card, PackingTask task)
    {
        var fitting = card.Packaging.Where(p => IsOf(p, task.Goods.Series) && FitsOne(p, task.Goods)).OrderBy(p => p.VolumeMm3).ToList();
        if (fitting.Count == 0) fitting = [.. card.Packaging.Where(p => p.Kind is PackagingKind.Box or PackagingKind.Crate && FitsOne(p, task.Goods)).OrderBy(p => p.VolumeMm3)];
        if (fitting.Count == 0) return null;
        var item = fitting.Find(p => Needed(p, task) == 1) ?? fitting[^1];
        var parcels = Needed(item, task);
        return new SuggestedBox(item, parcels, (task.Grams + parcels - 1) / parcels + item.OwnGrams);
    }

    private static bool IsOf(PackagingItem item, string series) => item.Code == series || item.Code.StartsWith(series + "_", StringComparison.Ordinal);

    // One piece only has to go in; several leave room between them. Goods by weight (5 斤 of apples) are as large as they are heavy.
    private static long Needed(PackagingItem item, PackingTask task)
    {
        var byWeight = Up(task.Grams, item.HoldsGrams);
        if (task.Count == 1) return byWeight;
        var volume = task.Grams * task.Goods.LengthMm * task.Goods.WidthMm * task.Goods.HeightMm / task.Goods.UnitGrams;
        return Math.Max(Up(volume, item.VolumeMm3 * Filled(item.Kind) / 100), byWeight);
    }

    private static long Up(long amount, long portion) => Math.Max(1, (amount + portion - 1) / portion);

    // How much of the outside is left for the goods (percent): walls, foam and padding take the rest; a bag gives way.
    private static long Filled(PackagingKind kind) => kind switch { PackagingKind.Bag => 100, PackagingKind.Box => 70, PackagingKind.Foam => 40, PackagingKind.Crate => 80 };

    private static bool FitsOne(PackagingItem item, PackedGoods goods)
    {
        if (item.Kind == PackagingKind.Bag) return goods.LengthMm + goods.HeightMm <= item.LengthMm + Padding && goods.WidthMm <= item.WidthMm && goods.UnitGrams <= item.HoldsGrams;
        long[] box = [item.LengthMm - Padding, item.WidthMm - Padding, item.HeightMm - Padding];
        long[] one = [goods.LengthMm, goods.WidthMm, goods.HeightMm];
        Array.Sort(box);
        Array.Sort(one);
        return one[0] <= box[0] && one[1] <= box[1] && one[2] <= box[2] && goods.UnitGrams <= item.HoldsGrams;
    }
}
