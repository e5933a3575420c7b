namespace Courier.Services.Rates;

/// <summary>How one kind of thing is packed.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Aliases">Other words for it.</param>
/// <param name="Kind">Its kind, a code of <see cref="GoodsKinds"/>.</param>
/// <param name="ByAir">May it fly?</param>
/// <param name="UnitGrams">Weight of one, grams.</param>
/// <param name="LengthMm">Length of one, millimetres.</param>
/// <param name="WidthMm">Width of one, millimetres.</param>
/// <param name="HeightMm">Height of one, millimetres.</param>
/// <param name="PerBox">How many people mean by "a box of it".</param>
/// <param name="Series">Which packaging suits it: what the codes of the card's packaging begin with.</param>
/// <param name="Advice">How to pack it.</param>
public sealed record PackedGoods(
    string Name, IReadOnlyList<string> Aliases, string Kind, bool ByAir, long UnitGrams, long LengthMm, long WidthMm, long HeightMm, long PerBox, string Series, string Advice);

/// <summary>What is to be packed, as a sentence said it.</summary>
/// <param name="Goods">What it is.</param>
/// <param name="Count">How many; for goods by weight how many units that is, rounded up.</param>
/// <param name="Grams">The weight without packaging, grams.</param>
public sealed record PackingTask(PackedGoods Goods, long Count, long Grams);
