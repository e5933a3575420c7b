using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Courier.Wechat.Client.Tests;

/// <summary>Everything that a client logs, at any level, with its exceptions.</summary>
sealed class Lines : ConcurrentQueue<string>, ILogger<WechatClient>
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Enqueue(formatter(state, exception) + exception);
}
