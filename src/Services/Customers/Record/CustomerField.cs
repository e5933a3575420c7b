namespace Courier.Services.Customers;

/// <summary>What may be known of a customer, beside numbers that were proven.</summary>
public enum CustomerField
{
    /// <summary>What the customer is called.</summary>
    Name,

    /// <summary>A number that somebody gave; nobody proved it.</summary>
    Phone,

    /// <summary>A mail address.</summary>
    Email,

    /// <summary>For whom the customer works.</summary>
    Company,

    /// <summary>Where the customer lives or works.</summary>
    Province,

    /// <summary>The city there.</summary>
    City,

    /// <summary>District, street and house.</summary>
    Address,
}

/// <summary>Who said it.</summary>
public enum FieldOrigin
{
    /// <summary>The customer: a wish in the privacy centre, or a code sent to the number.</summary>
    Customer,

    /// <summary>An agent put it right.</summary>
    Agent,

    /// <summary>WeChat named it with the person's consent.</summary>
    Wechat,

    /// <summary>Another system.</summary>
    Import,
}

/// <summary>A field of a customer's record with who said it and when.</summary>
public sealed record RecordedField
{
    /// <summary>Which.</summary>
    public required CustomerField Field { get; init; }

    /// <summary>What was said.</summary>
    public required string Value { get; init; }

    /// <summary>Who said it.</summary>
    public required FieldOrigin Origin { get; init; }

    /// <summary>The other system's name; empty unless the origin is one.</summary>
    public required string Source { get; init; }

    /// <summary>When it was said.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>A number that the customer was proven to hold.</summary>
    public bool IsProven { get; init; }

    /// <summary>Keyed hash of another system's word that this one put right; empty for none.</summary>
    internal string ReplacedHash { get; init; } = "";

    /// <summary>Names no value: records end up in logs.</summary>
    public override string ToString() => $"{Field} by {Origin}";
}
