using System.Text;
using System.Text.RegularExpressions;

namespace Courier.Kernel;

/// <summary>Hides personal data in texts that others read: names, addresses, telephone numbers inside sentences.</summary>
public static partial class Masking
{
    /// <summary>张三 → 张*, 欧阳小明 → 欧**明 style: first and (from three characters) last character stay.</summary>
    public static string Name(string name)
    {
        var runes = name.Trim().EnumerateRunes().ToArray();
        return runes.Length switch
        {
            0 => "",
            1 => runes[0].ToString(),
            2 => runes[0] + "*",
            _ => runes[0] + new string('*', Math.Min(runes.Length - 2, 3)) + runes[^1],
        };
    }

    /// <summary>Keeps province, city and district, hides the rest: 浙江省杭州市西湖区****.</summary>
    public static string Address(string province, string city, string district)
    {
        var text = new StringBuilder(province);
        if (!string.Equals(city, province, StringComparison.Ordinal)) text.Append(city);
        return text.Append(district).Append("****").ToString();
    }

    /// <summary>Masks every mobile number and landline that stands in a sentence; longer digit runs (waybills) stay.</summary>
    public static string PhonesIn(string text) => !text.AsSpan().ContainsAnyInRange('0', '9') ? text : PhoneInText().Replace(text, m =>
    {
        var value = m.Value;
        return value.Length <= 7 ? value : string.Concat(value.AsSpan(0, 3), "****", value.AsSpan(value.Length - 4));
    });

    [GeneratedRegex(@"(?<![0-9A-Za-z])(?:(?:\+?86|0086)[ -]?)?(?:1[3-9]\d{9}|1[3-9]\d[ -]\d{4}[ -]\d{4}|0(?:10|2\d|[3-9]\d{2})-?\d{7,8})(?![0-9])")]
    private static partial Regex PhoneInText();
}
