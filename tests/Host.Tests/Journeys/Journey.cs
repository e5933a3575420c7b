using System.Text.RegularExpressions;
using Courier.Testing;

namespace Courier.Host.Tests.Journeys;

/// <summary>A journey in browsers. The pages that it opened are closed with it: none goes on asking while another journey is under way.</summary>
public abstract class Journey(Browser browser) : IAsyncLifetime
{
    protected Browser Browser { get; } = browser;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Browser.CloseAll();
}

/// <summary>The program with the demo's world, in which nothing moves by itself; one for the journeys of a class, which touch different things of it.</summary>
public sealed class RunningDemo : IAsyncLifetime
{
    private readonly TemporaryDirectory _data = new();

    public CourierProcess Courier { get; private set; } = null!;

    public async Task InitializeAsync() => Courier = await CourierProcess.Start(_data.Path, "Demo:Enabled=true", "Sandbox:Plays=false");

    public async Task DisposeAsync()
    {
        await Courier.DisposeAsync();
        _data.Dispose();
    }
}

/// <summary>How an order for the door is called before its courier comes.</summary>
internal static partial class DoorOrder
{
    /// <summary>The demo's core takes it on by itself within moments, and once more after each change: which of the two is read is nobody's promise.</summary>
    [GeneratedRegex("(待|已)接单")]
    internal static partial Regex BeforeThePickup();
}
