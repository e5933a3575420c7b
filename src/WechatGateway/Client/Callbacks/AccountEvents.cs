namespace Courier.Wechat.Client.Callbacks;

/// <summary>What WeChat's verification of the account itself came to.</summary>
public enum VerificationStep
{
    /// <summary>qualification_verify_success: the company was verified.</summary>
    QualificationPassed,

    /// <summary>qualification_verify_fail: the company was not verified.</summary>
    QualificationFailed,

    /// <summary>naming_verify_success: the name was verified.</summary>
    NamingPassed,

    /// <summary>naming_verify_fail: the name was not verified.</summary>
    NamingFailed,

    /// <summary>annual_renew: the yearly verification is due.</summary>
    RenewalDue,

    /// <summary>verify_expired: the verification has run out.</summary>
    Expired,
}

/// <summary>qualification_verify_*, naming_verify_*, annual_renew, verify_expired: for the operators.</summary>
/// <param name="Fields">All elements as they came.</param>
/// <param name="Step">What happened.</param>
public sealed record AccountVerification(Fields Fields, VerificationStep Step) : InboundEvent(Fields)
{
    /// <summary>ExpiredTime; null for a failure.</summary>
    public DateTimeOffset? ExpiresAt { get; init; } = Fields.Time("ExpiredTime");

    /// <summary>FailTime; null unless it failed.</summary>
    public DateTimeOffset? FailedAt { get; init; } = Fields.Time("FailTime");

    /// <summary>FailReason; null unless it failed.</summary>
    public string? FailReason { get; init; } = Fields.Optional("FailReason");
}
