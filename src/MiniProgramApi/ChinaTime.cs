namespace Courier.MiniProgramApi;

/// <summary>Times leave with the offset of China, which has had no daylight saving since 1991.</summary>
internal static class ChinaTime
{
    public static DateTimeOffset InChina(this DateTimeOffset time) => time.ToOffset(TimeSpan.FromHours(8));
}
