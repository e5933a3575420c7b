namespace Courier.Services.Lanes;

/// <summary>From where to where, and by which product.</summary>
/// <param name="Product">Product code.</param>
/// <param name="FromProvince">浙江省; may be empty.</param>
/// <param name="FromCity">杭州市; may be empty.</param>
/// <param name="ToProvince">上海市; may be empty.</param>
/// <param name="ToCity">上海市; may be empty.</param>
public sealed record Lane(string Product, string FromProvince, string FromCity, string ToProvince, string ToCity)
{
    private static readonly string[][] Regions =
    [
        ["上海", "江苏", "浙江", "安徽"], ["北京", "天津", "河北"], ["辽宁", "吉林", "黑龙"], ["四川", "重庆"],
    ];

    private static readonly string[] Far = ["新疆", "西藏", "内蒙", "青海", "宁夏", "甘肃", "海南", "香港", "澳门", "台湾"];

    /// <summary>How far the ends lie apart, as rate cards see it.</summary>
    public LaneZone Zone =>
        FromCity.Length > 0 && FromCity == ToCity && FromProvince == ToProvince ? LaneZone.SameCity
        : IsFar(FromProvince) || IsFar(ToProvince) ? FromProvince == ToProvince ? LaneZone.SameProvince : LaneZone.Remote
        : FromProvince.Length > 0 && FromProvince == ToProvince ? LaneZone.SameProvince
        : Regions.Any(r => r.Contains(Short(FromProvince)) && r.Contains(Short(ToProvince))) ? LaneZone.SameRegion
        : LaneZone.CrossProvince;

    /// <summary>Under which statistics a run of this lane counts, the most exact first; an estimate takes the first one that has runs enough.</summary>
    internal IReadOnlyList<(LaneBasis Basis, string Text)> Scopes =>
    [
        (LaneBasis.Lane, $"lane|{FromCity}|{ToCity}|{Product}"),
        (LaneBasis.Cities, $"cities|{FromCity}|{ToCity}"),
        (LaneBasis.Provinces, $"provinces|{FromProvince}|{ToProvince}"),
        (LaneBasis.Zone, $"zone|{Zone}"),
        (LaneBasis.All, "all"),
    ];

    private static bool IsFar(string province) => Far.Contains(Short(province));

    private static string Short(string province) => province.Length <= 2 ? province : province[..2];
}

/// <summary>How far two places lie apart.</summary>
public enum LaneZone
{
    /// <summary>同城.</summary>
    SameCity,

    /// <summary>省内.</summary>
    SameProvince,

    /// <summary>区内: neighbouring provinces that carriers serve like one (江浙沪皖, 京津冀 …).</summary>
    SameRegion,

    /// <summary>跨省.</summary>
    CrossProvince,

    /// <summary>偏远: one end in a far province.</summary>
    Remote,
}

/// <summary>Which past runs an estimate rests on.</summary>
public enum LaneBasis
{
    /// <summary>The same cities and product.</summary>
    Lane,

    /// <summary>The same cities, any product.</summary>
    Cities,

    /// <summary>The same provinces.</summary>
    Provinces,

    /// <summary>The same distance class.</summary>
    Zone,

    /// <summary>All runs.</summary>
    All,
}
