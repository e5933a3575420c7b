namespace Courier.Kernel.Modules;

/// <summary>
/// Where this process itself listens, known from the moment it does. In Development the sandbox and the simulator run in the
/// same process, so addresses that start with "/" mean this one.
/// </summary>
public sealed class OwnAddress
{
    private readonly TaskCompletionSource<Uri> _known = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The base address, without a path: <c>http://127.0.0.1:5080/</c>.</summary>
    /// <exception cref="InvalidOperationException">The process does not listen yet.</exception>
    public Uri Base => _known.Task.IsCompletedSuccessfully
        ? _known.Task.Result
        : throw new InvalidOperationException("this process does not listen yet, so its address is not known");

    /// <summary>Completes when the process listens; for loops that start earlier.</summary>
    public Task<Uri> WhenKnown => _known.Task;

    /// <summary>Told once by the host.</summary>
    public void Set(Uri address) => _known.TrySetResult(address);

    /// <summary>An address as it stands in the configuration: absolute, or a path of this process (<c>/sandbox/wechat</c>).</summary>
    /// <exception cref="InvalidOperationException">It is a path and the process does not listen yet.</exception>
    public Uri Resolve(string configured) =>
        configured.StartsWith('/') ? new Uri(Base, configured) : new Uri(configured, UriKind.Absolute);
}
