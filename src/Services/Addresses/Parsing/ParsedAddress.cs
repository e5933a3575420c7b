using Courier.Kernel;

namespace Courier.Services.Addresses.Parsing;

/// <summary>What a pasted text says about somebody and where to find them. Texts are never null: empty is "not said".</summary>
/// <param name="Name">Who; without greetings and without 收.</param>
/// <param name="Phone">The number to ring; null when the text has none.</param>
/// <param name="Province">As <see cref="Divisions"/> writes it: <c>广东省</c>; old and everyday names are replaced.</param>
/// <param name="City">As above; a municipality repeats itself, so does what hangs directly below a province.</param>
/// <param name="District">As above; empty for a city without districts, or when it is not said.</param>
/// <param name="Street">The street, town or township as a division (街道、镇、乡), when the text names one; <paramref name="Detail"/> begins with it as it was written.</param>
/// <param name="Detail">All below the district, as it was written.</param>
/// <param name="Zip">Six digits; empty for none.</param>
/// <param name="Confidence">0 to 1: how sure it is that all fields are right; below <see cref="Sure"/> a person should look.</param>
/// <param name="Candidates">Where it may be: one entry when the text decides, several when it does not (then the fields hold only what all have in common), none when it names no place.</param>
/// <param name="Missing">Fields that an order needs and the text does not give: <c>name</c>, <c>phone</c>, <c>province</c>, <c>city</c>, <c>district</c>, <c>detail</c>.</param>
/// <param name="Doubtful">Fields that were read by a guess and should be looked at.</param>
/// <param name="Refusals">What the text gives but nobody can use, such as a masked number.</param>
/// <param name="Notices">What was changed on the way, such as the old name of a district.</param>
public sealed record ParsedAddress(
    string Name, ParsedPhone? Phone, string Province, string City, string District, string Street, string Detail, string Zip, double Confidence,
    IReadOnlyList<RegionName> Candidates, IReadOnlyList<string> Missing, IReadOnlyList<string> Doubtful, IReadOnlyList<ParseRefusal> Refusals, IReadOnlyList<string> Notices)
{
    /// <summary>From here on nobody needs to look.</summary>
    public const double Sure = 0.8;

    /// <summary>May an order be made of it without a question? Nothing is missing, nothing refused, nothing open.</summary>
    public bool IsComplete => Missing.Count == 0 && Refusals.Count == 0 && Candidates.Count == 1;

    /// <summary>The same as somebody at a place; null when a name, a number that can be dialled or the place is missing.</summary>
    public ContactAddress? ToContact() =>
        IsComplete && Phone!.Dialled is { } number ? new ContactAddress(Name, number, Phone.Extension, new PostalAddress(Province, City, District, Street, Detail)) : null;

    /// <summary>Without name and number.</summary>
    public override string ToString() => $"{Province}/{City}/{District}";
}

/// <summary>A province, city and district by name.</summary>
/// <param name="Province">省、自治区、直辖市、特别行政区.</param>
/// <param name="City">Empty when only the province is meant.</param>
/// <param name="District">Empty when only the city is meant.</param>
public sealed record RegionName(string Province, string City, string District);

/// <summary>Something that cannot be used.</summary>
/// <param name="Field">Which field: <c>phone</c>, <c>name</c>.</param>
/// <param name="Code">Stable code: <c>phone.masked</c>, <c>phone.incomplete</c>, <c>name.masked</c>.</param>
/// <param name="Reason">What people read.</param>
public sealed record ParseRefusal(string Field, string Code, string Reason);

/// <summary>What kind of number it is.</summary>
public enum PhoneKind
{
    /// <summary>A mobile number: takes SMS.</summary>
    Mobile,

    /// <summary>A landline with area code, or a local one where the text calls it a telephone.</summary>
    Landline,

    /// <summary>400 and 800 numbers.</summary>
    Service,

    /// <summary>A privacy number: a number with an extension that shops give instead of the real one, or 95013….</summary>
    Virtual,

    /// <summary>Hong Kong, Macau, Taiwan, abroad: with country code.</summary>
    Overseas,

    /// <summary>Some digits are hidden (138****1234): nobody can ring it.</summary>
    Masked,
}

/// <summary>A number as it was found in a text.</summary>
/// <param name="Number">Digits; a landline keeps the hyphen that it was written with, a masked number its asterisks.</param>
/// <param name="Extension">Digits after the number; null for none.</param>
/// <param name="Kind">What kind it is.</param>
public sealed record ParsedPhone(string Number, string? Extension, PhoneKind Kind)
{
    /// <summary>Number and extension as one text: <c>18400001234-5678</c>.</summary>
    public string Text => Extension is null ? Number : $"{Number}-{Extension}";

    /// <summary>The number as the product dials it; null for masked, local and overseas numbers.</summary>
    public Phone? Dialled => Courier.Kernel.Phone.TryParse(Number, out var phone) ? phone : null;

    /// <summary>Masked.</summary>
    public override string ToString() => Dialled?.ToString() ?? "****";
}
