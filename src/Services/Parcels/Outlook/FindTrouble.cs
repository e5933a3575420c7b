using System.Text.RegularExpressions;
using Courier.Services.Calendars;
using Courier.Services.Lanes;

namespace Courier.Services.Parcels;

/// <summary>Decides whether a parcel is stuck, and why. Pure.</summary>
internal static partial class FindTrouble
{
    // A step is too long when it took a tenth and an hour more than nine of ten; a short one is not worth a word before three hours.
    private const double Margin = 1.1;
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1), Least = TimeSpan.FromHours(3);

    private static readonly string[] OutOfArea = ["派送范围", "配送范围", "服务范围", "服务区", "超区", "超出服务"];

    // What couriers and hubs write; the first match counts. "电话" alone says nothing: their own phone stands in the same text.
    private static readonly (string[] Words, TroubleReason Reason)[] HeldBecause =
    [
        (["海关", "清关", "通关", "关税"], TroubleReason.Customs),
        (["违禁", "禁寄", "禁止寄递", "安检", "限运"], TroubleReason.Goods),
        (["待付", "未付", "付款", "补款", "补费", "运费"], TroubleReason.PaymentDue),
        (["暴雨", "台风", "大雪", "雨雪", "冰冻", "洪水", "洪涝", "洪灾", "山洪", "防洪", "泄洪", "天气", "大雾", "封路", "封闭", "管制", "道路", "交通", "疫情"], TroubleReason.WeatherOrRoads),
        (OutOfArea, TroubleReason.OutOfArea),
        (["货量", "爆仓", "积压", "件量"], TroubleReason.PlaceOverloaded),
        (["电话无", "联系不上", "无法联系", "无人接听"], TroubleReason.PhoneUnanswered),
        (["地址"], TroubleReason.AddressUnclear),
    ];

    private static readonly (string[] Words, TroubleReason Reason)[] FailedBecause =
    [
        (["电话无", "电话错", "电话有误", "联系不上", "无法联系", "无人接听", "空号", "停机", "关机"], TroubleReason.PhoneUnanswered),
        (["地址不详", "地址错", "地址有误", "找不到", "无法找到", "地址不完整"], TroubleReason.AddressUnclear),
        (OutOfArea, TroubleReason.OutOfArea),
        (["无人", "不在家", "人不在", "户不在", "主不在", "不在公司", "不在单位", "外出", "封闭", "无法进入", "进不去", "放假"], TroubleReason.NobodyThere),
    ];

    /// <summary>Why it does not move; null for one that moves as usual, has arrived, or is on its way back.</summary>
    /// <param name="parcel">The parcel.</param>
    /// <param name="book">How long steps take.</param>
    /// <param name="isOverloaded">Do many parcels lie at its place for too long?</param>
    /// <param name="hours">When people deliver and pick up.</param>
    /// <param name="now">The moment.</param>
    public static ParcelTrouble? For(ParcelProgress parcel, LaneBook book, bool isOverloaded, DailyHours hours, DateTimeOffset now)
    {
        if (parcel.Stage is not { } stage || stage == LaneStage.Finished) return null;
        var usual = book.Estimate(parcel.Lane, stage, LaneMeasure.Leg, TimeSpan.Zero);
        if (ReasonOf(parcel, stage, IsTooLong(parcel, stage, usual, now), isOverloaded) is not { } reason) return null;
        var next = book.Estimate(parcel.Lane, stage, LaneMeasure.Leg, EstimateDelivery.Elapsed(parcel, now));
        var place = Kernel.Masking.PhonesIn(parcel.Place);
        // Where none ever waited as long, the step counts as begun anew.
        var by = next is not null ? parcel.Since + next.P90 : now + usual?.P50;
        return new ParcelTrouble(reason, Texts.Why(reason, place), parcel.LastScanAt, place, usual?.P50, stage == LaneStage.Awaiting || by is null ? null : NextBy(by.Value, stage, hours, now))
        {
            IsLongerThanEver = usual is not null && next is null,
        };
    }

    /// <summary>From when on it is stuck unless something happens; null for one that never is, or is already for what was reported.</summary>
    public static DateTimeOffset? StuckFrom(ParcelProgress parcel, LaneBook book)
    {
        if (parcel.Stage is not { } stage || stage == LaneStage.Finished || parcel.Status is ParcelStatus.Held or ParcelStatus.DeliveryFailed) return null;
        var (limit, quiet) = Limits(stage, book.Estimate(parcel.Lane, stage, LaneMeasure.Leg, TimeSpan.Zero));
        var (byStep, byScan) = (parcel.Since + limit, parcel.LastScanAt + quiet);
        return byStep > byScan ? byStep : byScan;
    }

    private static TroubleReason? ReasonOf(ParcelProgress parcel, LaneStage stage, bool isTooLong, bool isOverloaded) => parcel.Status switch
    {
        ParcelStatus.Held => Said(WithoutNames(parcel), HeldBecause) ?? TroubleReason.Held,
        ParcelStatus.DeliveryFailed => Said(WithoutNames(parcel), FailedBecause) ?? TroubleReason.DeliveryFailed,
        _ when !isTooLong => null,
        ParcelStatus.Damaged or ParcelStatus.Redirected => TroubleReason.Held,
        _ => Standing(stage, isOverloaded),
    };

    private static TroubleReason Standing(LaneStage stage, bool isOverloaded) => stage switch
    {
        LaneStage.Ordered => TroubleReason.NotHandedOver,
        LaneStage.LeftOrigin or LaneStage.LeftOnTheWay => TroubleReason.LongHaul,
        LaneStage.OutForDelivery => TroubleReason.OnRoundTooLong,
        LaneStage.Awaiting => TroubleReason.NotFetched,
        LaneStage.PickedUp or LaneStage.AtOrigin or LaneStage.AtOnTheWay or LaneStage.LeftDestination or LaneStage.AtDestination
            => isOverloaded ? TroubleReason.PlaceOverloaded : TroubleReason.WaitingAtHub,
        LaneStage.DeliveryFailed or LaneStage.Held or LaneStage.Finished => TroubleReason.Held,
    };

    private static bool IsTooLong(ParcelProgress parcel, LaneStage stage, LaneEstimate? usual, DateTimeOffset now)
    {
        var (limit, quiet) = Limits(stage, usual);
        return now - parcel.Since > limit && now - parcel.LastScanAt > quiet;
    }

    /// <summary>Both must be long: the step itself, and the time without any scan.</summary>
    private static (TimeSpan Step, TimeSpan Quiet) Limits(LaneStage stage, LaneEstimate? usual)
    {
        var limit = usual is null ? Otherwise(stage) : usual.P90 * Margin + Grace;
        if (limit < Least) limit = Least;
        return (limit, usual is null || usual.P50 > limit ? limit : usual.P50);
    }

    /// <summary>Where nothing was learned yet.</summary>
    private static TimeSpan Otherwise(LaneStage stage) => stage switch
    {
        LaneStage.Ordered or LaneStage.LeftOrigin or LaneStage.LeftOnTheWay => TimeSpan.FromHours(72),
        LaneStage.PickedUp or LaneStage.AtOrigin or LaneStage.AtOnTheWay or LaneStage.LeftDestination or LaneStage.AtDestination => TimeSpan.FromHours(36),
        LaneStage.OutForDelivery => TimeSpan.FromHours(14),
        LaneStage.DeliveryFailed or LaneStage.Held or LaneStage.Awaiting or LaneStage.Finished => TimeSpan.FromHours(48),
    };

    // Trucks and hubs work at night; couriers do not.
    private static DateTimeOffset NextBy(DateTimeOffset by, LaneStage stage, DailyHours hours, DateTimeOffset now)
    {
        if (by < now) by = now;
        if (stage is LaneStage.Ordered or LaneStage.OutForDelivery or LaneStage.DeliveryFailed or LaneStage.AtDestination) by = EstimateDelivery.Daytime(hours, by);
        return EstimateDelivery.RoundUp(by, TimeSpan.FromHours(1));
    }

    // Names of places hold words of reasons (上海交通大学, 洪山, 上海关山路). Of a name counts its end alone, which says what kind of place it is: 海关.
    private static string WithoutNames(ParcelProgress parcel)
    {
        var text = InBrackets().Replace(parcel.Text, name => $"【{EndOf(name.Groups[1].Value)}】");
        foreach (var name in (string[])[parcel.Place, parcel.City, parcel.City.TrimEnd('市')])
            if (name.Length > 1) text = text.Replace(name, $"【{EndOf(name)}】", StringComparison.Ordinal);
        return text;
    }

    private static string EndOf(string name) => name.Length > 2 ? name[^2..] : name;

    [GeneratedRegex("【([^【】]*)】")]
    private static partial Regex InBrackets();

    private static TroubleReason? Said(string text, (string[] Words, TroubleReason Reason)[] table) =>
        table.Where(row => row.Words.Any(word => text.Contains(word, StringComparison.Ordinal))).Select(row => (TroubleReason?)row.Reason).FirstOrDefault();
}
