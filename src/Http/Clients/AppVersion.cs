using System.Globalization;

namespace Courier.Http.Clients;

/// <summary>A version of the customers' app: major.minor.patch.</summary>
public readonly record struct AppVersion(int Major, int Minor, int Patch) : IComparable<AppVersion>
{
    /// <summary>Reads "1.4.0" or "1.4".</summary>
    public static bool TryParse(string? text, out AppVersion version)
    {
        version = default;
        if (text is not { Length: >= 1 and <= 20 }) return false;
        var parts = text.Split('.');
        var numbers = new int[3];
        if (parts.Length is < 2 or > 3) return false;
        for (var i = 0; i < parts.Length; i++)
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]) || numbers[i] > 99_999) return false;
        version = new(numbers[0], numbers[1], numbers[2]);
        return true;
    }

    /// <inheritdoc />
    public int CompareTo(AppVersion other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    /// <summary>Older.</summary>
    public static bool operator <(AppVersion a, AppVersion b) => a.CompareTo(b) < 0;

    /// <summary>Newer.</summary>
    public static bool operator >(AppVersion a, AppVersion b) => a.CompareTo(b) > 0;

    /// <summary>Not newer.</summary>
    public static bool operator <=(AppVersion a, AppVersion b) => a.CompareTo(b) <= 0;

    /// <summary>Not older.</summary>
    public static bool operator >=(AppVersion a, AppVersion b) => a.CompareTo(b) >= 0;

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{Major}.{Minor}.{Patch}");
}
