using Courier.Kernel;
using Courier.Kernel.Modules;

namespace Courier.Http;

/// <summary>Where people reach the product; section <c>Site</c>.</summary>
public sealed record SiteOptions : ICheckedOptions
{
    /// <summary>The address of links that leave the product, without a path: <c>https://wx.example.com</c>. Empty means this process's own.</summary>
    public string PublicBaseUrl { get; init; } = "";

    /// <inheritdoc />
    public IEnumerable<string> Problems()
    {
        if (PublicBaseUrl.Length > 0 && !(Uri.TryCreate(PublicBaseUrl, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https")))
            yield return "PublicBaseUrl must be an absolute http or https address, or empty";
    }
}

/// <summary>Makes links that leave the product.</summary>
public sealed class SiteLinks(SiteOptions options, OwnAddress own)
{
    /// <summary>The full address of a path that begins with a slash.</summary>
    public Uri To(string path) => new(options.PublicBaseUrl.Length > 0 ? new Uri(options.PublicBaseUrl, UriKind.Absolute) : own.Base, path);
}
