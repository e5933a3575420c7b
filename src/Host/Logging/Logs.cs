using Courier.Kernel.Modules;
using Serilog;
using Serilog.Core;
using Serilog.Formatting.Display;

namespace Courier.Host.Logging;

/// <summary>Logs go to the console and to a file a day below the data directory, kept for two weeks; levels are set in section <c>Serilog</c>.</summary>
internal static class Logs
{
    private const string Template = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} {Level:u3} {SourceContext} {Message:lj}{NewLine}{Exception}";

    public static Logger To(DataDirectory directory, IConfiguration configuration)
    {
        var format = new MaskedText(new MessageTemplateTextFormatter(Template, System.Globalization.CultureInfo.InvariantCulture));
        return new LoggerConfiguration()
            .ReadFrom.Configuration(configuration)
            .Enrich.FromLogContext()
            .WriteTo.Console(format)
            .WriteTo.File(format, Path.Combine(directory.Folder("logs"), "courier-.log"), rollingInterval: RollingInterval.Day,
                fileSizeLimitBytes: 100_000_000, rollOnFileSizeLimit: true, retainedFileCountLimit: 14, shared: true)
            .CreateLogger();
    }
}
