namespace Courier.Simulator.Network;

/// <summary>Somebody of the carrier's staff, as a route text names them.</summary>
internal sealed record Staff(string Name, string Phone);

/// <summary>Made-up people. Their phones come from number blocks that are easy to tell apart: 1390001 staff, 1390002 customers.</summary>
internal static class People
{
    const string Surnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕";
    static readonly string[] GivenNames =
    [
        "建国", "秀英", "志强", "晓燕", "海波", "丽娟", "浩宇", "雨桐", "子涵", "欣怡", "国栋", "春梅", "俊杰", "思远", "婷婷", "立军",
        "明轩", "佳怡", "文博", "静怡", "永刚", "玉兰", "鹏飞", "小红", "振华", "晓峰", "雪梅", "天宇", "若曦", "德明",
    ];

    public static string Name(Random random) => Surnames[random.Next(Surnames.Length)] + GivenNames[random.Next(GivenNames.Length)];

    public static Staff Courier(Random random) => new(Name(random), $"1390001{random.Next(10000):0000}");

    public static string CustomerPhone(Random random) => $"1390002{random.Next(10000):0000}";
}
