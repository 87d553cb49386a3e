"""Pages and reports that show results: interactive views and the self-contained report.

Empty in this version. What is drawn today (the demo's figures) comes from `experiments`.
"""
