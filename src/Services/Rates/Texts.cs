using System.Globalization;
using Courier.Kernel;

namespace Courier.Services.Rates;

/// <summary>What customers and operators read about prices.</summary>
internal static class Texts
{
    public const string FirstName = "首重运费", FurtherName = "续重运费", MinimumName = "最低收费补足", InsuranceName = "保价费", CodName = "代收货款手续费", DropOffName = "自寄优惠";
    public const string SamePerson = "上传价目表和发布价目表须由两个人完成";
    public const string CardNotReplayed = "发布前须先用近期订单试算";
    public const string CardDiscarded = "这份价目表已作废";
    public const string CardNotChecked = "请先核对与现行价目表的差异";
    public const string CardNotPublished = "只有发布过的价目表才能恢复使用";
    public const string CardAlreadyLive = "这份价目表正在使用";
    public const string CardInUse = "发布过的价目表不能作废";
    public const string ScheduleBegun = "已经生效的价目表不能撤回，请恢复使用上一份";
    public const string SeedName = "初始价目表";

    public static string DraftMade(string name) => $"已存为价目表草稿“{name}”，请核对、试算后由另一人发布";

    public static string FileFaults(int faults) => $"有 {faults} 处错误，没有导入";

    public const string WeightWrong = "请填写重量（克），1至5000000";
    public const string SizeWrong = "尺寸应为毫米，0至20000";
    public const string SizeIncomplete = "请把长、宽、高都填上，或者都不填";
    public const string SumWrong = "金额应为0至1000000元";
    public const string NothingChanged = "与现行价目表完全相同，没有可导入的改动";
    public const string ReplayOutdated = "试算之后价目表的排期已经变了，请重新试算";
    public const string PlannedLater = "这个时间之后已经排定了另一份价目表，请选更晚的生效时间，或者先撤回那一份";

    public static string ChangeCount(int count) => string.Create(CultureInfo.InvariantCulture, $"与现行价目表相差{count}行");

    public static string Replayed(ReplayReport r) =>
        string.Create(CultureInfo.InvariantCulture, $"{r.Orders}单，{Yuan(r.BeforeFen)}→{Yuan(r.AfterFen)}，涨{r.Dearer}、平{r.Same}、降{r.Cheaper}，不再承运{r.NotCarried}");

    public static string From(DateTimeOffset from)
    {
        var local = Calendars.ChinaTime.In(from);
        return string.Create(CultureInfo.InvariantCulture, $"自{local:yyyy-MM-dd HH:mm}起");
    }

    public static string Band(int band, int[] ends)
    {
        if (band == ends.Length) return "不变";
        var (word, step) = band < ends.Length ? ("降", band) : ("涨", 2 * ends.Length - band);
        var (from, until) = (Math.Abs(ends[step]), step == 0 ? 0 : Math.Abs(ends[step - 1]));
        return step == 0 ? $"{word}超过{from}%" : from == 0 ? $"{word}不到{until}%" : $"{word}{from}%至{until}%";
    }

    public static string NotCarried(IReadOnlyList<UnavailableProduct> unavailable) =>
        "没有产品可以承运：" + string.Join("；", unavailable.GroupBy(u => u.Reason).Select(g => $"{string.Join('、', g.Select(u => u.Name))}{g.Key}"));

    public static string Yuan(long fen) => new Money(fen).ToString();

    public static string Kilograms(long grams)
    {
        var (whole, rest) = (grams / 1000, grams % 1000);
        if (rest == 0) return string.Create(CultureInfo.InvariantCulture, $"{whole}公斤");
        return rest % 100 == 0 ? string.Create(CultureInfo.InvariantCulture, $"{whole}.{rest / 100}公斤")
            : rest % 10 == 0 ? string.Create(CultureInfo.InvariantCulture, $"{whole}.{rest / 10:d2}公斤")
            : string.Create(CultureInfo.InvariantCulture, $"{whole}.{rest:d3}公斤");
    }

    public static string Percent(long tenThousandths) => tenThousandths % 100 == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{tenThousandths / 100}%")
        : string.Create(CultureInfo.InvariantCulture, $"{tenThousandths / 100m:0.##}%");

    public static string Size(QuoteGoods goods) => Size(goods.LengthMm, goods.WidthMm, goods.HeightMm);

    public static string Size(long length, long width, long height) => $"{Centimetres(length)}×{Centimetres(width)}×{Centimetres(height)}厘米";

    private static string Centimetres(long millimetres) =>
        millimetres % 10 == 0 ? (millimetres / 10).ToString(CultureInfo.InvariantCulture) : (millimetres / 10m).ToString("0.#", CultureInfo.InvariantCulture);

    public static string First(in PriceParts p) =>
        $"{Way(p.Request)}为“{p.Price.Zone}”，首重{Kilograms(p.Price.FirstGrams)} {Yuan(p.Price.FirstFen)}；{Weight(p)}";

    public static string Further(in PriceParts p) => string.Create(CultureInfo.InvariantCulture,
        $"计费重量{Kilograms(p.ChargeableGrams)}，超出首重{Kilograms(p.ChargeableGrams - p.Price.FirstGrams)}，每{Kilograms(p.Price.StepGrams)} {Yuan(p.Price.StepFen)}，不足按一份计：{p.Steps}×{Yuan(p.Price.StepFen)}＝{Yuan(p.FurtherFen)}");

    public static string Minimum(in PriceParts p) => $"此线路每票最低{Yuan(p.Price.MinimumFen)}，补足{Yuan(p.MinimumFen)}";

    public static string Surcharge(in PriceParts p, in Applied applied)
    {
        var row = applied.Row!;
        var sum = row.Share == 0 ? $"每票{Yuan(row.Fen)}" : $"运费{Yuan(p.FreightFen)}×{Percent(row.Share)}{(row.Fen > 0 ? "＋" + Yuan(row.Fen) : "")}＝{Yuan(applied.Fen)}";
        return row.Kind switch
        {
            SurchargeKind.Remote => $"{(row.Region?.Holds(p.Request.To) == true ? "收件地" : "寄件地")}属于“{row.Region?.Name}”，{sum}",
            SurchargeKind.Overlong => $"最长边{p.Request.Goods.LongestMm / 10m:0.#}厘米，超过{row.Over / 10m:0.#}厘米，{sum}",
            SurchargeKind.Overweight => $"实际重量{Kilograms(p.Request.Goods.WeightGrams)}，超过{Kilograms(row.Over)}，{sum}",
            SurchargeKind.Peak => row.Days is { } days ? $"{days.From.Month}月{days.From.Day}日至{days.Until.Month}月{days.Until.Day}日为高峰期，{sum}" : $"高峰期，{sum}",
            SurchargeKind.Night => $"{row.Hours!.Value.From:HH\\:mm}至{row.Hours.Value.Until:HH\\:mm}上门取件，{sum}",
        };
    }

    public static string Insurance(in PriceParts p)
    {
        var (band, value) = (p.Insurance!, Yuan(p.Request.InsuredFen));
        if (band.Share == 0) return $"声明价值{value}，{Yuan(band.UpToFen)}以内每票{Yuan(band.Fen)}";
        var least = band.LeastFen > 0 ? $"（最低{Yuan(band.LeastFen)}）" : "";
        return $"声明价值{value}×{Percent(band.Share)}{least}＝{Yuan(p.InsuranceFen)}";
    }

    public static string Cod(in PriceParts p) =>
        $"代收{Yuan(p.Request.CodFen)}×{Percent(p.Cod!.Share)}（最低{Yuan(p.Cod.LeastFen)}，最高{Yuan(p.Cod.MostFen)}）＝{Yuan(p.CodFen)}";

    public static string Packaging(PackagingItem item) =>
        $"{item.Name} 1个，{Size(item.LengthMm, item.WidthMm, item.HeightMm)}，可装{Kilograms(item.HoldsGrams)}";

    public static string DropOff(in PriceParts p)
    {
        var way = p.Request.Pickup == PickupWay.Locker ? "自己放入快递柜" : "自己送到网点";
        return p.DropOff!.Share == 0 ? $"{way}，每票减{Yuan(p.DropOffFen)}" : $"{way}，运费{Yuan(p.FreightFen)}减{Percent(p.DropOff.Share)}{(p.DropOff.Fen > 0 ? "再减" + Yuan(p.DropOff.Fen) : "")}，共减{Yuan(p.DropOffFen)}";
    }

    public static string MemberName(TierDiscount tier) => tier.Name + "优惠";

    public static string Member(in PriceParts p)
    {
        var after = p.DropOffFen > 0 ? $"（{Yuan(p.FreightFen)}－{Yuan(p.DropOffFen)}）" : "";
        return $"{p.Tier!.Name}运费优惠{Percent(p.Tier.Share)}：{Yuan(p.FreightFen - p.DropOffFen)}{after}×{Percent(p.Tier.Share)}＝{Yuan(p.MemberFen)}";
    }

    public static string OtherProduct(in PriceParts p, in PriceParts other, DateTimeOffset promised) =>
        $"改寄{other.Product.Name}，预计{promised.Month}月{promised.Day}日{promised:HH\\:mm}前送达，可省{Yuan(p.TotalFen - other.TotalFen)}";

    public static string CheaperDropOff(in PriceParts p, in PriceParts other) => $"自己送到网点，不用上门取件，可省{Yuan(p.TotalFen - other.TotalFen)}";

    public static string CheaperTomorrow(in PriceParts p, in PriceParts other) =>
        $"明天上午10点寄，{(p.Night.Fen > other.Night.Fen ? $"不收{p.Night.Row!.Name}" : $"{p.Peak.Row!.Name}更低或不收")}，可省{Yuan(p.TotalFen - other.TotalFen)}";

    public static string CheaperBox(in PriceParts p, in PriceParts other) =>
        $"如果装得下，换{other.Packaging!.Name}（{Size(other.Request.Goods)}），体积重量从{Kilograms(p.VolumetricGrams)}降到{Kilograms(other.VolumetricGrams)}，"
        + $"含箱子{Yuan(other.Packaging.Fen)}仍可省{Yuan(p.TotalFen - other.TotalFen)}";

    private static string Excluded(RateProduct product, QuoteRequest request) =>
        GoodsKinds.NameOf(product.ExcludedGoods.Contains(request.Goods.Kind) ? request.Goods.Kind : request.Goods.NamedKind);

    public static string Refused(Refusal refusal, RateProduct product, QuoteRequest request) => refusal switch
    {
        Refusal.None => "",
        Refusal.NotServed => $"{Way(request)}暂不通达",
        Refusal.TooHeavy => $"单件限重{Kilograms(product.MaxGrams)}",
        Refusal.TooLarge => $"单边不超过{product.MaxLengthMm / 10}厘米，三边之和不超过{product.MaxSidesMm / 10}厘米",
        Refusal.GoodsExcluded => product.ByAir ? $"走航空运输，不能寄{Excluded(product, request)}类物品" : $"不承运{Excluded(product, request)}类物品",
        Refusal.WayExcluded => request.Pickup switch { PickupWay.Door => "不提供上门取件", PickupWay.Locker => "不能从快递柜寄出", PickupWay.Outlet => "不能到网点寄出" },
        Refusal.NoInsurance => "不提供保价",
        Refusal.InsuredTooHigh => $"保价最高{Yuan(product.MaxInsuredFen)}",
        Refusal.NoCod => "不提供代收货款",
        Refusal.CodTooHigh => $"代收货款最高{Yuan(product.MaxCodFen)}",
        Refusal.PackagingUnfit => "所选包装装不下这个重量，或已不再出售",
    };

    private static string Way(QuoteRequest request) => $"{Place(request.From)}→{Place(request.To)}";

    private static string Place(QuotePlace place) => place.City.Length == 0 ? place.Province : place.City;

    private static string Weight(in PriceParts p)
    {
        var goods = p.Request.Goods;
        var real = Kilograms(goods.WeightGrams);
        if (!goods.HasSize) return $"实际重量{real}，计费{Kilograms(p.ChargeableGrams)}";
        if (p.Price.Divisor == 0) return $"此线路不计体积，按实际重量{real}，计费{Kilograms(p.ChargeableGrams)}";
        var volume = string.Create(CultureInfo.InvariantCulture, $"体积重量{Size(goods)}÷{p.Price.Divisor}＝{Kilograms(p.VolumetricGrams)}");
        return p.VolumetricGrams > goods.WeightGrams
            ? $"{volume}，大于实际重量{real}，计费{Kilograms(p.ChargeableGrams)}"
            : $"{volume}，不大于实际重量{real}，计费{Kilograms(p.ChargeableGrams)}";
    }
}
