namespace Courier.Services.Addresses;

/// <summary>Level of a division; the length of its code tells it (2, 4, 6, 9 digits).</summary>
public enum DivisionLevel
{
    /// <summary>省、直辖市、自治区.</summary>
    Province,

    /// <summary>地级市、自治州、盟.</summary>
    City,

    /// <summary>区、县、县级市、旗.</summary>
    District,

    /// <summary>街道、镇、乡.</summary>
    Street,
}

/// <summary>A division of China (行政区划), as in <c>sql/seed/divisions.csv</c>.</summary>
public sealed class Division
{
    internal Division(string code, string name, string kind, Division? parent)
    {
        (Code, Name, Parent) = (code, name, parent);
        Level = code.Length switch { 2 => DivisionLevel.Province, 4 => DivisionLevel.City, 6 => DivisionLevel.District, _ => DivisionLevel.Street };
        Kind = kind;
        IsPlace = kind is not ("virtual" or "self");
        ShortName = PlaceNames.Short(name, Level);
    }

    /// <summary>2, 4, 6 or 9 digits; begins with the code of what it belongs to.</summary>
    public string Code { get; }

    /// <summary>Its full name: <c>南山区</c>.</summary>
    public string Name { get; }

    /// <summary>The name as people say it: <c>南山</c>; the full name where nothing can be left out.</summary>
    public string ShortName { get; }

    /// <summary>Its level.</summary>
    public DivisionLevel Level { get; }

    /// <summary>What it belongs to; null for a province.</summary>
    public Division? Parent { get; }

    /// <summary>The column <c>kind</c> of the seed file: empty for a division by law.</summary>
    internal string Kind { get; }

    /// <summary>Is it a place of its own? False for 市辖区 below a municipality and for cities that repeat themselves as a district.</summary>
    public bool IsPlace { get; }

    /// <summary>From the province down: <c>广东省深圳市南山区</c>.</summary>
    public string FullName => Parent is null ? Name : IsPlace ? Parent.FullName + Name : Parent.FullName;

    /// <summary>Is it the other division or part of it?</summary>
    public bool IsWithin(Division other) => Code.StartsWith(other.Code, StringComparison.Ordinal);

    /// <inheritdoc />
    public override string ToString() => $"{Code} {FullName}";
}
