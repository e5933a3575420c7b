using Courier.Services.Customers;
using Courier.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Courier.Gateway.Tests;

/// <summary>The product with four accounts and an SMS operator that a test can hold up: what waits for it, waits.</summary>
public sealed class GatewayApp : IAsyncLifetime
{
    public CourierApp App { get; private set; } = null!;

    public HeldSms Sms { get; } = new();

    public async Task InitializeAsync() => App = await CourierApp.Start(new()
    {
        Settings = Pushes.MoreAccounts,
        Services = services => services.Replace(ServiceDescriptor.Singleton<ISmsSender>(Sms)),
    });

    public async Task DisposeAsync()
    {
        Sms.LetGo();
        await App.DisposeAsync();
    }
}

/// <summary>An operator of short messages that counts them, and answers when the test lets it.</summary>
public sealed class HeldSms : ISmsSender
{
    private TaskCompletionSource _open = Opened();
    private int _sent;

    public int Sent => Volatile.Read(ref _sent);

    public string LastText { get; private set; } = "";

    /// <summary>Thrown at whoever sends; null to send.</summary>
    public Exception? Fault { get; set; }

    /// <summary>From now on nothing is answered.</summary>
    public void Hold() => _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void LetGo() => _open.TrySetResult();

    public async Task<bool> Send(Kernel.Phone to, string text, string idempotencyKey, CancellationToken ct)
    {
        if (Fault is { } fault) throw fault;
        LastText = text;
        Interlocked.Increment(ref _sent);
        await _open.Task.WaitAsync(ct);
        return true;
    }

    private static TaskCompletionSource Opened()
    {
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        open.SetResult();
        return open;
    }
}
