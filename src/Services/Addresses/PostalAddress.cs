using System.Text;
using Courier.Kernel;

namespace Courier.Services.Addresses;

/// <summary>A place that a courier can go to. Names as <see cref="Divisions"/> writes them; whether they exist is not checked here.</summary>
/// <param name="Province">省、自治区、直辖市、特别行政区: <c>广东省</c>.</param>
/// <param name="City">地级市、自治州、盟; a municipality repeats itself (<c>北京市</c>), so does what hangs directly below a province (<c>仙桃市</c>).</param>
/// <param name="District">区、县、县级市、旗; empty for a city without districts (<c>东莞市</c>).</param>
/// <param name="Street">街道、镇、乡 as a division; empty when it is not known. <paramref name="Detail"/> may begin with it as well.</param>
/// <param name="Detail">Everything below: road, number, building, room.</param>
public sealed record PostalAddress(string Province, string City, string District, string Street, string Detail)
{
    private const string Ignored = " \t\r\n,，.。、;；:：()（）[]【】-－—_/";

    /// <summary>As it stands on a label: <c>广东省深圳市南山区粤海街道科苑路8号</c>; nothing twice.</summary>
    public string OneLine =>
        Province + (City == Province ? "" : City) + (District == City ? "" : District)
        + (Detail.StartsWith(Street, StringComparison.Ordinal) ? "" : Street) + Detail;

    /// <summary>Equal for two ways of writing one place: whatever the width of the letters and the blanks and commas between them.</summary>
    public string Plain
    {
        get
        {
            var plain = new StringBuilder();
            foreach (var c in HalfWidth.Of(OneLine))
                if (!Ignored.Contains(c, StringComparison.Ordinal)) plain.Append(char.ToLowerInvariant(c));
            return plain.ToString();
        }
    }

    /// <summary>Down to the district only: what somebody else lives at is nobody's business in a log.</summary>
    public override string ToString() => $"{Province}/{City}/{District}";
}
