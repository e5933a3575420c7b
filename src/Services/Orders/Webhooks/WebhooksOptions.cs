using Courier.Kernel;

namespace Courier.Services.Orders.Webhooks;

/// <summary>Section <c>Webhooks</c>: the systems that are told what happens, a list.</summary>
public sealed class WebhooksOptions : List<WebhookTarget>, ICheckedOptions
{
    /// <inheritdoc />
    public IEnumerable<string> Problems()
    {
        for (var i = 0; i < Count; i++)
        {
            var (target, http) = (this[i], this[i].Folder.Length == 0);
            if (target.Key.Length is < 1 or > 64) yield return $"{i}:Key must have 1 to 64 characters";
            if (http && !(target.Url.StartsWith('/') || (Uri.TryCreate(target.Url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")))
                yield return $"{i}:Url must be an http or https address, or Folder a directory";
            if (http && target.Secret.Length < 16) yield return $"{i}:Secret must have 16 characters or more";
            if (!http && target.Url.Length > 0) yield return $"{i}: Url and Folder exclude each other";
        }
        if (this.DistinctBy(t => t.Key).Count() < Count) yield return "the targets must have different keys";
    }
}

/// <summary>A system that is told: by HTTP, or by files in a folder.</summary>
public sealed record WebhookTarget
{
    /// <summary>Where messages are posted; a path means this process itself (Development).</summary>
    public string Url { get; init; } = "";

    /// <summary>Where messages are written instead, a file each, for systems without HTTP.</summary>
    public string Folder { get; init; } = "";

    /// <summary>What we call ourselves in <c>X-Courier-Key</c>; also the target's name in the delivery log.</summary>
    public string Key { get; init; } = "";

    /// <summary>Signs the messages.</summary>
    public string Secret { get; init; } = "";

    /// <summary>Wire names of the events it is told; empty for all.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>Is it told of this event?</summary>
    public bool Wants(string name) => Events.Count == 0 || Events.Contains(name);
}
