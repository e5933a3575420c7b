using System.Net;

namespace Courier.Host.Pages;

/// <summary>What <c>/app</c> answers while there are no built pages: that they are coming, or what to do.</summary>
internal static class WaitingPage
{
    private const string Command = "cd src/Web/customer && npm ci && npm run build";

    public static string Of(PageBuildState state) => state.Now switch
    {
        PageBuild.UnderWay => Page("页面正在准备", "<p>第一次启动需要一两分钟。准备好后，这个页面会自动打开。</p>", comesBack: true),
        PageBuild.Failed => Page("页面没有准备好", $"<p>自动构建没有成功：</p><pre>{WebUtility.HtmlEncode(state.Why)}</pre><p>修好后重新启动，或手动构建：</p><pre>{Command}</pre>"),
        PageBuild.NoNpm => Page("还缺少 Node.js", $"<p>顾客页面需要用 npm 构建一次，但这台机器上没有找到 npm。请安装 Node.js 20（含 npm）后重新启动，或手动构建：</p><pre>{Command}</pre><p>其他功能不受影响。</p>"),
        PageBuild.None => Page("页面还没有构建", $"<p>请在代码目录里构建一次，然后刷新：</p><pre>{Command}</pre><p>其他功能不受影响。</p>"),
    };

    private static string Page(string title, string body, bool comesBack = false) =>
        $$"""
        <!doctype html>
        <html lang="zh-CN">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        {{(comesBack ? "<meta http-equiv=\"refresh\" content=\"4\">" : "")}}
        <title>{{title}}</title>
        <style>body{font:16px/1.7 system-ui,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:#1a1d21;background:#f4f6f5;margin:0}main{max-width:32rem;margin:12vh auto;padding:0 24px}h1{font-size:1.5rem}pre{background:#e9edeb;border-radius:8px;padding:12px;white-space:pre-wrap;word-break:break-all}</style>
        </head>
        <body><main><h1>{{title}}</h1>{{body}}</main></body>
        </html>
        """;
}
