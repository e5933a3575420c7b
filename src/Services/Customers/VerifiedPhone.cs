namespace Courier.Services.Customers;

/// <summary>A telephone number that a customer was proven to hold; the number itself stays encrypted.</summary>
public sealed record VerifiedPhone
{
    /// <summary>Keyed hash of the number (<see cref="Kernel.Data.DataKeys.Hash(Kernel.Phone)"/>).</summary>
    public required string Hash { get; init; }

    /// <summary>Last four digits.</summary>
    public required string Tail { get; init; }

    /// <summary>When it was last proven.</summary>
    public required DateTimeOffset VerifiedAt { get; init; }
}

/// <summary>A customer who holds a number.</summary>
public sealed record PhoneOwner
{
    /// <summary>Keyed hash of the number.</summary>
    public required string Hash { get; init; }

    /// <summary>The customer.</summary>
    public required CustomerId Customer { get; init; }
}

/// <summary>How a number was proven.</summary>
public enum PhoneSource
{
    /// <summary>By a code sent to it.</summary>
    Sms,

    /// <summary>WeChat named it with the person's consent (getPhoneNumber).</summary>
    Wechat,
}
