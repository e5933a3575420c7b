namespace Courier.Services.Customers;

/// <summary>What a person may do in an organisation; who stands higher may all that the lower ones may.</summary>
public enum OrganisationRole
{
    /// <summary>Invites and sends away, names others' roles.</summary>
    Owner,

    /// <summary>Sends parcels for the organisation.</summary>
    Sender,

    /// <summary>Sees what the organisation sends.</summary>
    Viewer,
}

/// <summary>A group customer: an organisation whose persons are customers themselves.</summary>
public sealed record Organisation
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What people read, at most 60 letters.</summary>
    public required string Name { get; init; }

    /// <summary>The code that it is registered and taxed under; no two have the same.</summary>
    public required CreditCode CreditCode { get; init; }

    /// <summary>Number of the contract or monthly account; empty for none.</summary>
    public required string ContractNumber { get; init; }

    /// <summary>Grows with every change of it or of its persons.</summary>
    public required long Version { get; init; }

    /// <summary>Since when we know it.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>An organisation in a list, with how many persons it has.</summary>
/// <param name="Organisation">The organisation.</param>
/// <param name="Persons">How many belong to it.</param>
/// <param name="Owners">How many of them are owners; none until the first has accepted, or when the last one's account was erased.</param>
public sealed record ListedOrganisation(Organisation Organisation, long Persons, long Owners);

/// <summary>A person of an organisation.</summary>
public sealed record OrganisationPerson
{
    /// <summary>Id of the membership.</summary>
    public required string Id { get; init; }

    /// <summary>Who.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>What this person may do.</summary>
    public required OrganisationRole Role { get; init; }

    /// <summary>Last four digits of the number that was proven last; empty for none.</summary>
    public required string PhoneTail { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset JoinedAt { get; init; }
}

/// <summary>An invitation that waits for whoever proves the number.</summary>
public sealed record OrganisationInvite
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the organisation.</summary>
    public required string Organisation { get; init; }

    /// <summary>Last four digits of the number.</summary>
    public required string PhoneTail { get; init; }

    /// <summary>What the person will be.</summary>
    public required OrganisationRole Role { get; init; }

    /// <summary>From then on it is worth nothing.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>That a customer belongs to an organisation.</summary>
public sealed record Membership
{
    /// <summary>Id of the organisation.</summary>
    public required string OrganisationId { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Number of its contract or monthly account; empty for none.</summary>
    public required string ContractNumber { get; init; }

    /// <summary>What the customer may do.</summary>
    public required OrganisationRole Role { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset JoinedAt { get; init; }
}
