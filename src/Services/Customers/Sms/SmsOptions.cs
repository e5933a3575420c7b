using Courier.Kernel;

namespace Courier.Services.Customers;

/// <summary>By which way text messages are sent.</summary>
public enum SmsProvider
{
    /// <summary>None is sent.</summary>
    None,

    /// <summary>Posted to an operator's gateway.</summary>
    Http,
}

/// <summary>Section <c>Sms</c>.</summary>
public sealed record SmsOptions : ICheckedOptions
{
    /// <summary><c>None</c> (default) or <c>Http</c>.</summary>
    public SmsProvider Provider { get; init; } = SmsProvider.None;

    /// <summary>Where messages are posted: an absolute http or https address, or a path of this process (the simulator in Development).</summary>
    public string Url { get; init; } = "";

    /// <inheritdoc />
    public IEnumerable<string> Problems()
    {
        if (Provider == SmsProvider.Http && !Url.StartsWith('/') && !(Uri.TryCreate(Url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            yield return "Url must be an absolute http or https address, or begin with / for a path of this process, when Provider is Http";
    }
}
